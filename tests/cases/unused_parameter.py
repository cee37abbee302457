"""More cases of unused-parameter."""

from fixer.model import Case

INVALID = (
    Case(
        "all of a form",
        unsafe=True,
        before="""\
Metadata:
  AWS::CloudFormation::Interface:
    ParameterGroups:
      - Label: {default: Names}
        Parameters:
          - A
          - B
    ParameterLabels:
      A: {default: The first}
Parameters:
  A: {Type: String}
  B: {Type: String}
  C: {Type: String}
Resources:
  Topic:
    Type: AWS::SNS::Topic
""",
        after="""\
Resources:
  Topic:
    Type: AWS::SNS::Topic
""",
    ),
    Case(
        "AWS SAM",
        unsafe=True,
        before="""\
Transform: AWS::Serverless-2016-10-31
Parameters:
  Timeout: {Type: Number}
  Size: {Type: Number}
Globals:
  Function:
    Timeout: !Ref Timeout
Resources:
  Function:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: exports.handler = 1
      Handler: index.handler
      Runtime: nodejs22.x
""",
        after="""\
Transform: AWS::Serverless-2016-10-31
Parameters:
  Timeout: {Type: Number}
Globals:
  Function:
    Timeout: !Ref Timeout
Resources:
  Function:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: exports.handler = 1
      Handler: index.handler
      Runtime: nodejs22.x
""",
    ),
)

VALID = (
    Case(
        "a rule asks for an attribute",
        unsafe=True,
        before="""\
Parameters:
  Vpc: {Type: 'AWS::EC2::VPC::Id'}
Rules:
  Live:
    Assertions:
      - Assert: !Equals [{'Fn::ValueOf': [Vpc, Tags.Environment]}, live]
Resources:
  Topic:
    Type: AWS::SNS::Topic
""",
        says="a rule of the template asks for it",
    ),
    Case(
        "a rule asks for all of a type",
        unsafe=True,
        before="""\
Parameters:
  Vpc: {Type: 'AWS::EC2::VPC::Id'}
Rules:
  Live:
    Assertions:
      - Assert: {'Fn::EachMemberIn': [{'Fn::ValueOfAll': ['AWS::EC2::VPC::Id', Tags.Environment]}, [live]]}
Resources:
  Topic:
    Type: AWS::SNS::Topic
""",
        says="a rule of the template asks for all parameters of its type",
    ),
    Case(
        "a Sub that is missing",
        unsafe=True,
        before="""\
Parameters:
  Env: {Type: String}
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      TopicName: orders-${Env}
""",
        says="names it in ${}, where Fn::Sub may be missing",
    ),
    Case(
        "in rules, modules, loops, metadata",
        unsafe=True,
        before="""\
Transform: AWS::LanguageExtensions
Parameters:
  A: {Type: String}
  B: {Type: String}
  C: {Type: CommaDelimitedList}
  D: {Type: String}
Metadata:
  Note: !Ref D
Rules:
  R:
    Assertions:
      - Assert: !Equals [!Ref A, a]
Resources:
  Topic:
    Type: Acme::Topic::Standard::MODULE
    Properties: {Name: !Ref B}
  Fn::ForEach::Topics:
    - Name
    - !Ref C
    - Topic${Name}:
        Type: AWS::SNS::Topic
""",
    ),
    Case(
        "a loop puts its name together",
        unsafe=True,
        before="""\
Transform: AWS::LanguageExtensions
Parameters:
  NameA: {Type: String}
Resources:
  Fn::ForEach::Topics:
    - Id
    - [A]
    - Topic${Id}:
        Type: AWS::SNS::Topic
        Properties:
          TopicName: !Ref 'Name${Id}'
""",
        says="it may be this one",
    ),
    Case(
        "a macro",
        unsafe=True,
        before="""\
Transform: Explode
Parameters:
  Name: {Type: String}
Resources:
  Topic:
    Type: AWS::SNS::Topic
""",
        says="a macro or an include",
    ),
)
