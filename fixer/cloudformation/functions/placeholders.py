"""Code that stands in for a Lambda function whose own code is not at hand.

It logs that it was called, by request id alone, as an event may hold secrets, and answers 501. Called by a custom
resource, it answers the stack at once: a request without an answer keeps a stack waiting for an hour (CloudFormation
User Guide, "Custom resources", ServiceTimeout). Deletion succeeds, so that a rollback comes to its end. Given events
from a queue, a stream or a service that waits for no answer, it fails, because an event is gone once it was taken
without an error. So it does as a step of a workflow and the like, which would go on with a 501 as with any result.
"""

from __future__ import annotations

from enum import Enum, auto

from fixer.cloudformation.functions.languages import Language

_PYTHON = """\
# Placeholder. The code of this function was in {was}
import json


def {function}(event, context):
    print("Placeholder called, request %s" % context.aws_request_id)
    return {{
        "statusCode": 501,
        "headers": {{"Content-Type": "application/json"}},
        "body": json.dumps({{"message": "Not implemented"}}),
    }}
"""

_PYTHON_EVENTS = """\
# Placeholder. The code of this function was in {was}
def {function}(event, context):
    print("Placeholder called, request %s" % context.aws_request_id)
    raise NotImplementedError("so that no event is taken for done")
"""

_PYTHON_CUSTOM = """\
# Placeholder. The code of this function was in {was}
import cfnresponse


def {function}(event, context):
    print("Placeholder called, request %s" % context.aws_request_id)
    status = cfnresponse.SUCCESS if event["RequestType"] == "Delete" else cfnresponse.FAILED
    cfnresponse.send(event, context, status, {{"Message": "Not implemented"}}, event.get("PhysicalResourceId"))
"""

_NODE = """\
// Placeholder. The code of this function was in {was}
exports.{function} = async (event, context) => {{
  console.log(`Placeholder called, request ${{context.awsRequestId}}`);
  return {{
    statusCode: 501,
    headers: {{ "Content-Type": "application/json" }},
    body: JSON.stringify({{ message: "Not implemented" }}),
  }};
}};
"""

_NODE_EVENTS = """\
// Placeholder. The code of this function was in {was}
exports.{function} = async (event, context) => {{
  console.log(`Placeholder called, request ${{context.awsRequestId}}`);
  throw new Error("Not implemented, so that no event is taken for done");
}};
"""

# Not cfn-response: it ends the call by context.done, and Node.js 24 is rid of that style of handler
# (aws-lambda-nodejs-runtime-interface-client#137).
_NODE_CUSTOM = """\
// Placeholder. The code of this function was in {was}
const https = require("https");

exports.{function} = (event, context) => new Promise((resolve, reject) => {{
  console.log(`Placeholder called, request ${{context.awsRequestId}}`);
  const body = JSON.stringify({{
    Status: event.RequestType === "Delete" ? "SUCCESS" : "FAILED",
    Reason: "Not implemented",
    PhysicalResourceId: event.PhysicalResourceId || context.logStreamName,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
  }});
  const headers = {{ "Content-Type": "", "Content-Length": Buffer.byteLength(body) }};
  const request = https.request(event.ResponseURL, {{ method: "PUT", headers }}, (response) => {{
    response.resume();
    response.on("end", resolve);
  }});
  request.on("error", reject);
  request.end(body);
}});
"""


class Called(Enum):
    """How a function is called."""

    FOR_AN_ANSWER = auto()
    BY_A_CUSTOM_RESOURCE = auto()
    WITH_EVENTS = auto()


_TEXTS = {
    ("python", Called.FOR_AN_ANSWER): _PYTHON,
    ("python", Called.BY_A_CUSTOM_RESOURCE): _PYTHON_CUSTOM,
    ("python", Called.WITH_EVENTS): _PYTHON_EVENTS,
    ("nodejs", Called.FOR_AN_ANSWER): _NODE,
    ("nodejs", Called.BY_A_CUSTOM_RESOURCE): _NODE_CUSTOM,
    ("nodejs", Called.WITH_EVENTS): _NODE_EVENTS,
}


def placeholder(language: Language, function: str, was: str, called: Called) -> str:
    """The placeholder's code. ``was``: where the code was, in a comment."""
    return _TEXTS[language.name, called].format(function=function, was=" ".join(was.split()))
