from __future__ import annotations

from fixer.model import Case

INVALID = (
    Case(
        "branches, mappings, lists that stand there",
        unsafe=True,
        before="""\
Parameters:
  Names: {Type: CommaDelimitedList}
Mappings:
  Ports:
    eu-west-1: {Open: [80, 443]}
    eu-west-2: {Open: ["8080"]}
Conditions:
  IsTest: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Topic: {Type: AWS::SNS::Topic}
  Queue: {Type: AWS::SQS::Queue}
Outputs:
  Either:
    Value: !If
      - IsTest
      - !Ref Names # from outside
      - none
  Ports:
    Value: !FindInMap [Ports, !Ref AWS::Region, Open]
    Export: {Name: !Sub "${AWS::StackName}-ports"}
  All:
    Value:
      - !Ref Topic # for events
      # for work
      - !GetAtt Queue.Arn
  One: {Value: [!Ref Topic]}
  Notified: {Value: !Ref AWS::NotificationARNs}
  Parts:
    Value: !Split ["/", !Sub "${AWS::StackName}/${AWS::Region}"]
""",
        after="""\
Parameters:
  Names: {Type: CommaDelimitedList}
Mappings:
  Ports:
    eu-west-1: {Open: [80, 443]}
    eu-west-2: {Open: ["8080"]}
Conditions:
  IsTest: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Topic: {Type: AWS::SNS::Topic}
  Queue: {Type: AWS::SQS::Queue}
Outputs:
  Either:
    Value: !If
      - IsTest
      - !Join [",", !Ref Names] # from outside
      - none
  Ports:
    Value: !Join [",", !FindInMap [Ports, !Ref AWS::Region, Open]]
    Export: {Name: !Sub "${AWS::StackName}-ports"}
  All:
    # for events
    # for work
    Value: !Join [",", [!Ref Topic, !GetAtt Queue.Arn]]
  One: {Value: !Ref Topic}
  Notified: {Value: !Join [",", !Ref AWS::NotificationARNs]}
  Parts:
    Value: !Join [",", !Split ["/", !Sub "${AWS::StackName}/${AWS::Region}"]]
""",
    ),
)
VALID = (
    Case(
        "texts, and what is not known",
        unsafe=True,
        before="""\
Parameters:
  Names: {Type: CommaDelimitedList}
  Subnet: {Type: 'AWS::SSM::Parameter::Value<String>'}
Mappings:
  Ports:
    eu-west-1: {Open: [80], Name: a}
Resources:
  Topic: {Type: AWS::SNS::Topic}
  Made: {Type: Custom::Lists, Properties: {ServiceToken: a}}
  Balancer: {Type: AWS::ElasticLoadBalancingV2::LoadBalancer, Properties: {Subnets: [a, b]}}
Outputs:
  A: {Value: !Join [',', !Ref Names]}
  B: {Value: !Select [0, !Ref Names]}
  C: {Value: !Ref Subnet}
  D: {Value: !GetAtt Made.List}
  E: {Value: !FindInMap [Ports, eu-west-1, Name]}
  F: {Value: !FindInMap [Ports, eu-west-1, !Ref Subnet]}
  G: {Value: !GetAtt Balancer.LoadBalancerName}
  H: {Value: !ImportValue names}
  I: {Value: {a: 1}}
""",
    ),
    Case(
        "an empty list",
        unsafe=True,
        before="""\
Resources: {Topic: {Type: AWS::SNS::Topic}}
Outputs: {None: {Value: []}}
""",
        says="the list is empty",
    ),
    Case(
        "a macro",
        unsafe=True,
        before="""\
Transform: Lists
Resources: {Topic: {Type: AWS::SNS::Topic}}
Outputs: {None: {Value: [a, b]}}
""",
        says="a macro may work on it first",
    ),
)
