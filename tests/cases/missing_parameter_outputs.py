"""More cases of missing-parameter-outputs."""

from fixer.model import Case, Options

_OUTPUTS = "Resources:\n  Alerts:\n    Type: AWS::SNS::Topic\nOutputs:\n" + "".join(
    f"  Old{number}:\n    Value: old\n" for number in range(200)
)

INVALID = (
    Case.grown(
        "name of the output is taken",
        """\
Parameters:
  Topic:
    Type: String
Resources:
  Alerts:
    Type: AWS::SNS::Topic
Outputs:
  Topic:
    Description: Topic of alerts
    Value: !Ref Alerts
""",
        """\
  TopicValue:
    Description: Value of the parameter Topic
    Value: !Ref Topic
""",
    ),
    Case.grown(
        "exported only if never empty",
        """\
Parameters:
  Environment:
    Type: String
    AllowedValues: [dev, prod]
  Owner:
    Type: String
Resources:
  Alerts:
    Type: AWS::SNS::Topic
Outputs:
  Topic:
    Description: Topic of alerts
    Value: !Ref Alerts
    Export:
      Name: !Sub ${AWS::StackName}-topic-arn
""",
        """\
  Environment:
    Description: Value of the parameter Environment
    Value: !Ref Environment
    Export:
      Name: !Sub ${AWS::StackName}-environment
  Owner:
    Description: Value of the parameter Owner
    Value: !Ref Owner
""",
    ),
    Case.grown(
        "exports refused",
        """\
Parameters:
  Size:
    Type: Number
Resources:
  Alerts:
    Type: AWS::SNS::Topic
Outputs:
  Topic:
    Description: Topic of alerts
    Value: !Ref Alerts
    Export:
      Name: topic
""",
        """\
  Size:
    Description: Value of the parameter Size
    Value: !Ref Size
""",
        Options(export=False),
    ),
    Case.grown(
        "only a part of a URL",
        """\
Parameters:
  Stage:
    Type: String
Resources:
  Alerts:
    Type: AWS::SNS::Topic
Outputs:
  Url:
    Description: Docs
    Value: !Sub https://docs.example.com/${Stage}
""",
        """\
  Stage:
    Description: Value of the parameter Stage
    Value: !Ref Stage
""",
    ),
    Case.grown(
        "secret is given by its name only",
        """\
Parameters:
  DbSecretArn:
    Type: String
Resources:
  Alerts:
    Type: AWS::SNS::Topic
""",
        """\
Outputs:
  DbSecretArn:
    Description: Value of the parameter DbSecretArn
    Value: !Ref DbSecretArn
""",
    ),
)

VALID = (
    Case(
        "name looks secret",
        before="""\
Parameters:
  DbPassword:
    Type: String
Resources:
  Alerts:
    Type: AWS::SNS::Topic
""",
        says="looks like a secret",
    ),
    Case(
        "read from a name that looks secret",
        before="""\
Parameters:
  Db:
    Type: AWS::SSM::Parameter::Value<String>
    Default: /app/db/password
Resources:
  Alerts:
    Type: AWS::SNS::Topic
""",
        says="looks like a secret",
    ),
    Case(
        "given already",
        before="""\
Parameters:
  Environment:
    Type: String
  Subnets:
    Type: List<AWS::EC2::Subnet::Id>
  Owner:
    Type: String
Resources:
  Alerts:
    Type: AWS::SNS::Topic
Outputs:
  Env:
    Value: !Sub ${Environment}
  Nets:
    Value: !Join [' ', !Ref Subnets]
  OwnerName:
    Value: !Ref Owner
""",
    ),
    Case(
        "200 outputs",
        before="Parameters:\n  Owner:\n    Type: String\n" + _OUTPUTS,
        says="200 outputs",
    ),
)
