"""Takes orders and shows them; called by the API, and once a night by a rule."""

import json
import os
import uuid

import boto3

VENUES = os.environ["VENUES"].split(",")
table = boto3.resource("dynamodb").Table(os.environ["ORDERS_TABLE"])


def answer(status, body):
    return {"statusCode": status, "headers": {"content-type": "application/json"}, "body": json.dumps(body)}


def handler(event, context):
    if event.get("source") == "aws.events":
        return table.put_item(Item={"id": f"closed-{event['time']}"})
    order = json.loads(event.get("body") or "{}")
    if order.get("venue") not in VENUES:
        return answer(400, {"message": f"no such venue; there are {VENUES}"})
    order["id"] = str(uuid.uuid4())
    table.put_item(Item=order)
    return answer(201, order)
