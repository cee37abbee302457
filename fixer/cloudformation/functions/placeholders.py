"""Code that stands in for a Lambda function whose own code is not at hand.

It logs that it was called, by request id alone, as an event may hold secrets, and answers 501. Called by a custom
resource, it answers the stack at once: a request without an answer keeps a stack waiting for an hour (CloudFormation
User Guide, "Custom resources", ServiceTimeout). Deletion succeeds, so that a rollback comes to its end.
"""

from __future__ import annotations

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


def placeholder(language: Language, function: str, was: str, *, custom_resource: bool) -> str:
    """The placeholder's code. ``was``: where the code was, in a comment."""
    if language.name == "python":
        text = _PYTHON_CUSTOM if custom_resource else _PYTHON
    else:
        text = _NODE_CUSTOM if custom_resource else _NODE
    return text.format(function=function, was=" ".join(was.split()))
