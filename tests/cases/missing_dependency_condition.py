"""More cases of missing-dependency-condition."""

from fixer.model import Case

INVALID = (
    Case(
        "what needs it is there only where the allowed values say so",
        before="""\
Parameters:
  Nat: {Type: String, AllowedValues: [none, one, all]}
Conditions:
  HasNat: !Not [!Equals [!Ref Nat, none]]
  HasFirst: !Or [!Equals [!Ref Nat, one], !Equals [!Ref Nat, all]]
Resources:
  Topic: {Type: AWS::SNS::Topic, Condition: HasFirst}
  Policy: {Type: AWS::SNS::TopicPolicy, Properties: {Topics: [!Ref Topic], PolicyDocument: {}}}
  Queue: {Type: AWS::SQS::Queue, Condition: HasNat, DependsOn: Policy}
""",
        after="""\
Parameters:
  Nat: {Type: String, AllowedValues: [none, one, all]}
Conditions:
  HasNat: !Not [!Equals [!Ref Nat, none]]
  HasFirst: !Or [!Equals [!Ref Nat, one], !Equals [!Ref Nat, all]]
Resources:
  Topic: {Type: AWS::SNS::Topic, Condition: HasFirst}
  Policy: {Type: AWS::SNS::TopicPolicy, Condition: HasFirst, Properties: {Topics: [!Ref Topic], PolicyDocument: {}}}
  Queue: {Type: AWS::SQS::Queue, Condition: HasNat, DependsOn: Policy}
""",
        unsafe=True,
    ),
    Case(
        "a custom resource",
        before="""\
Conditions:
  IsHere: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Function: {Type: AWS::Lambda::Function, Condition: IsHere}
  Custom: {Type: Custom::Thing, Properties: {ServiceToken: !GetAtt Function.Arn}}
""",
        after="""\
Conditions:
  IsHere: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Function: {Type: AWS::Lambda::Function, Condition: IsHere}
  Custom: {Type: Custom::Thing, Condition: IsHere, Properties: {ServiceToken: !GetAtt Function.Arn}}
""",
        unsafe=True,
    ),
    Case(
        "DependsOn: alone, implied, of what gets the condition",
        before="""\
Parameters:
  Environment: {Type: String}
Conditions:
  IsProd: !Equals [!Ref Environment, prod]
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Condition: IsProd
  First:
    Type: AWS::SQS::Queue
    DependsOn: Topic # told before
  Second:
    Type: AWS::SQS::Queue
    DependsOn: [First, Topic]
    Properties:
      Tags:
        - !If [IsProd, {Key: Topic, Value: !Ref Topic}, !Ref AWS::NoValue]
  Third:
    Type: AWS::SNS::Subscription
    DependsOn: Topic
    Properties:
      Protocol: email
      TopicArn: !Sub "${Topic}"
""",
        after="""\
Parameters:
  Environment: {Type: String}
Conditions:
  IsProd: !Equals [!Ref Environment, prod]
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Condition: IsProd
  First:
    Type: AWS::SQS::Queue
    Metadata:
      DependsOn:
        - !If [IsProd, !Ref Topic, !Ref AWS::NoValue]
    # told before
  Second:
    Type: AWS::SQS::Queue
    DependsOn: [First]
    Properties:
      Tags:
        - !If [IsProd, {Key: Topic, Value: !Ref Topic}, !Ref AWS::NoValue]
  Third:
    Type: AWS::SNS::Subscription
    Condition: IsProd
    DependsOn: Topic
    Properties:
      Protocol: email
      TopicArn: !Sub "${Topic}"
""",
        unsafe=True,
    ),
    Case(
        "a chain, branches, two resources in one value",
        before="""\
Parameters:
  A: {Type: String}
  B: {Type: String}
Conditions:
  HasA: !Equals [!Ref A, 'true']
  HasB: !Equals [!Ref B, 'true']
  HasBoth: !And [!Condition HasA, !Condition HasB]
Resources:
  One: {Type: AWS::SNS::Topic, Condition: HasA}
  Two: {Type: AWS::SNS::Topic, Condition: HasB}
  Policy:
    Type: AWS::SNS::TopicPolicy
    Properties:
      Topics: [!Ref One]
      PolicyDocument: {}
  Queue:
    Type: AWS::SQS::Queue
    DependsOn: Policy
    Properties:
      Tags:
        - Key: topics
          Value: !Sub '${One} ${Two}'
        - !If [HasA, {Key: other, Value: !Ref Two}, !Ref AWS::NoValue]
Outputs:
  Topics:
    Value: !If [HasA, !Ref Two, none]
  Policy:
    Condition: HasB
    Value: !Ref Policy
""",
        after="""\
Parameters:
  A: {Type: String}
  B: {Type: String}
Conditions:
  HasA: !Equals [!Ref A, 'true']
  HasB: !Equals [!Ref B, 'true']
  HasBoth: !And [!Condition HasA, !Condition HasB]
Resources:
  One: {Type: AWS::SNS::Topic, Condition: HasA}
  Two: {Type: AWS::SNS::Topic, Condition: HasB}
  Policy:
    Type: AWS::SNS::TopicPolicy
    Condition: HasA
    Properties:
      Topics: [!Ref One]
      PolicyDocument: {}
  Queue:
    Type: AWS::SQS::Queue
    Properties:
      Tags:
        - !If
          - HasBoth
          - Key: topics
            Value: !Sub '${One} ${Two}'
          - !Ref AWS::NoValue
        - !If [HasBoth, {Key: other, Value: !Ref Two}, !Ref AWS::NoValue]
    Metadata:
      DependsOn:
        - !If [HasA, !Ref Policy, !Ref AWS::NoValue]
Outputs:
  Topics:
    Value: !If [HasBoth, !Ref Two, none]
  Policy:
    Condition: HasBoth
    Value: !Ref Policy
""",
        unsafe=True,
    ),
)

VALID = (
    Case(
        "not unless asked for",
        before="""\
Conditions:
  IsHere: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Topic: {Type: AWS::SNS::Topic, Condition: IsHere}
Outputs:
  Topic: {Value: !Ref Topic}
""",
        says="what should be there where IsHere is false is not known",
    ),
    Case(
        "swapped branches",
        before="""\
Conditions:
  IsHere: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Topic: {Type: AWS::SNS::Topic, Condition: IsHere}
  Queue: {Type: AWS::SQS::Queue, Properties: {QueueName: !If [IsHere, none, !GetAtt Topic.TopicName]}}
""",
        unsafe=True,
        says="it is used only where IsHere is false: two branches or conditions may be swapped",
    ),
    Case(
        "a branch that would take the other along",
        before="""\
Conditions:
  IsHere: !Equals [!Ref AWS::Region, eu-west-1]
  IsMine: !Equals [!Ref AWS::AccountId, '111122223333']
Resources:
  Topic: {Type: AWS::SNS::Topic, Condition: IsHere}
Outputs:
  Topic: {Value: !If [IsMine, mine, !Ref Topic]}
""",
        unsafe=True,
        says="the other branch of Fn::If would go with it where IsHere is false",
    ),
    Case(
        "a rule",
        before="""\
Parameters:
  Environment: {Type: String}
Rules:
  Always:
    Assertions:
      - Assert: !Equals [!Ref Environment, prod]
Conditions:
  IsProd: !Equals [!Ref Environment, prod]
Resources:
  Topic: {Type: AWS::SNS::Topic, Condition: IsProd}
Outputs:
  Topic: {Value: !Ref Topic}
""",
        unsafe=True,
        says="a rule of the template may rule that out",
    ),
    Case(
        "a loop, and a condition that is not there",
        before="""\
Transform: AWS::LanguageExtensions
Conditions:
  IsHere: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Topic: {Type: AWS::SNS::Topic, Condition: IsHere}
  Other: {Type: AWS::SNS::Topic, Condition: Gone}
  Fn::ForEach::Queues:
    - Name
    - [A, B]
    - Queue${Name}: {Type: AWS::SQS::Queue, Properties: {QueueName: !GetAtt Topic.TopicName}}
Outputs:
  Other: {Value: !Ref Other}
""",
        unsafe=True,
        says="inside a loop, a module or a macro",
    ),
)
