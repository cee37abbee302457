"""More cases of sub-without-variables."""

from fixer.model import Case

INVALID = (
    Case(
        "whatever YAML would take for something else",
        before="""\
Resources:
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Environment:
        Variables:
          VA: !Sub 123 # a number
          VB: !Sub yes
          VC: !Sub ~
          VD: !Sub 1.10
          VE: !Sub 0x1F
          VF: !Sub 'null'
          VG: !Sub 2024-01-01
          VH: !Sub ''
          VI: !Sub "a\\tb"
          VJ: {Fn::Sub: plain}
      Description: !Join ['', [!Sub off, !Sub '12:30:00']]
""",
        after="""\
Resources:
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Environment:
        Variables:
          VA: '123' # a number
          VB: 'yes'
          VC: '~'
          VD: '1.10'
          VE: '0x1F'
          VF: 'null'
          VG: '2024-01-01'
          VH: ''
          VI: "a\\tb"
          VJ: plain
      Description: !Join ['', ['off', '12:30:00']]
""",
    ),
    Case(
        "wherever functions stand",
        before="""\
Conditions:
  IsLive: !Equals [!Ref AWS::Region, !Sub eu-west-1]
Resources:
  Group:
    Type: AWS::SSM::Parameter
    Condition: IsLive
    Metadata:
      Note: !Sub about it
    Properties:
      Name: !Join ['/', [!Sub orders, !If [IsLive, !Sub live, test]]]
      Value: !ImportValue
        Fn::Sub: orders-value
      Description: !Sub ['${A}', {A: !Sub one}]
Outputs:
  Name:
    Description: a name
    Value: !Sub orders
    Export:
      Name: !Sub orders-name
""",
        after="""\
Conditions:
  IsLive: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Group:
    Type: AWS::SSM::Parameter
    Condition: IsLive
    Metadata:
      Note: about it
    Properties:
      Name: !Join ['/', [orders, !If [IsLive, live, test]]]
      Value: !ImportValue orders-value
      Description: !Sub ['${A}', {A: one}]
Outputs:
  Name:
    Description: a name
    Value: orders
    Export:
      Name: orders-name
""",
    ),
    Case(
        "folded and stripped blocks, with comments around",
        before="""\
Resources:
  Document:
    Type: AWS::SSM::Parameter
    Properties:
      # what it says
      Value: !Sub |-
        one

          two ${!three}
      # and why
      Description:
        Fn::Sub:
          - orders
          - Unused: nobody # asked for it
      Type: String
""",
        after="""\
Resources:
  Document:
    Type: AWS::SSM::Parameter
    Properties:
      # what it says
      Value: |-
        one

          two ${three}
      # and why
      Description: orders # asked for it
      Type: String
""",
    ),
    Case(
        "a loop has nothing to put in",
        before="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Topics:
    - Name
    - [A, B]
    - Topic${Name}:
        Type: AWS::SNS::Topic
        Properties:
          DisplayName: !Sub orders
          TopicName: !Sub 'orders-${Name}'
""",
        after="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Topics:
    - Name
    - [A, B]
    - Topic${Name}:
        Type: AWS::SNS::Topic
        Properties:
          DisplayName: orders
          TopicName: !Sub 'orders-${Name}'
""",
    ),
    Case(
        "a reference that goes along, and a macro",
        unsafe=True,
        before="""\
Transform: Explode
Resources:
  Queue:
    Type: AWS::SQS::Queue
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      TopicName: !Sub orders
      DisplayName: !Sub [orders, {Queue: !Ref Queue}]
""",
        after="""\
Transform: Explode
Resources:
  Queue:
    Type: AWS::SQS::Queue
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      TopicName: orders
      DisplayName: orders
""",
    ),
    Case(
        "what is no resource of AWS SAM",
        before="""\
Transform: AWS::Serverless-2016-10-31
Resources:
  Function:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: 'exports.handler = 1'
      Handler: index.handler
      Runtime: nodejs22.x
      FunctionName: !Sub orders
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      TopicName: !Sub orders
""",
        after="""\
Transform: AWS::Serverless-2016-10-31
Resources:
  Function:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: 'exports.handler = 1'
      Handler: index.handler
      Runtime: nodejs22.x
      FunctionName: !Sub orders
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      TopicName: orders
""",
    ),
)

VALID = (
    Case(
        "variables, and what is broken",
        before="""\
Parameters:
  Env: {Type: String}
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Metadata: {Fn::Transform: {Name: AWS::Include, Parameters: {Location: !Sub s3://a/b}}}
    Properties:
      TopicName: !Sub '${Env}-orders'
      DisplayName: !Sub ['${A}', {A: a}]
      Tags:
        - {Key: A, Value: !Sub [a]}
        - {Key: B, Value: !Sub [a, b]}
        - {Key: C, Value: !Sub [a, {}, {}]}
        - {Key: D, Value: {Fn::Sub: 1}}
        - {Key: E, Value: !Sub '${ Env }'}
Metadata:
  Note: !Sub about it
Globals:
  Function: {Timeout: !Sub 3}
""",
        unsafe=True,
    ),
    Case(
        "a macro's own",
        before="""\
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      Fn::Transform: {Name: Macro, Parameters: {A: !Sub a}}
      TopicName: !Sub orders
""",
        unsafe=True,
    ),
    Case(
        "a module",
        before="""\
Resources:
  Topic:
    Type: Acme::Topic::Standard::MODULE
    Properties:
      Name: !Sub orders
""",
        unsafe=True,
        says="it is inside a module",
    ),
    Case(
        "a loop's variable in a plain string",
        before="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Topics:
    - Name
    - [A, B]
    - Topic${Name}:
        Type: AWS::SNS::Topic
        Properties:
          DisplayName: !Sub '${!Name}'
""",
        unsafe=True,
        says="a loop may put its variable into the plain string",
    ),
    Case(
        "a definition with substitutions of its own",
        before="""\
Resources:
  Machine:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      DefinitionString: !Sub '{"Resource": "${!Function}"}'
""",
        unsafe=True,
        says="which looks like a missing Fn::Sub",
    ),
    Case(
        "a brace that begins nothing",
        before="""\
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !Sub 'a ${ of its own'
""",
        unsafe=True,
        says="that begins no variable",
    ),
    Case(
        "two literals would be compared",
        before="""\
Conditions:
  Always: !Equals [a, !Sub a]
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Condition: Always
""",
        unsafe=True,
        says="two literals would be compared",
    ),
    Case(
        "another order of creation",
        before="""\
Resources:
  Queue:
    Type: AWS::SQS::Queue
  Topic:
    Type: AWS::SNS::Topic
    Properties:
      DisplayName: !Sub [orders, {Queue: !Ref Queue}]
""",
        says="a variable that goes along refers to Queue",
    ),
)
