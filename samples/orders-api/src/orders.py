"""Takes and shows orders."""

import json
import os
import uuid

import boto3

table = boto3.resource("dynamodb").Table(os.environ["TABLE"])


def answer(status, body):
    return {"statusCode": status, "headers": {"content-type": "application/json"}, "body": json.dumps(body)}


def handler(event, context):
    method = event["requestContext"]["http"]["method"]
    if method == "POST":
        order = {"id": str(uuid.uuid4()), "lines": json.loads(event.get("body") or "[]")}
        table.put_item(Item=order)
        return answer(201, order)
    order = table.get_item(Key={"id": event["rawPath"].rpartition("/")[2]}).get("Item")
    return answer(200, order) if order else answer(404, {"message": "no such order"})
