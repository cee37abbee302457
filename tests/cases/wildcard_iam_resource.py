"""More cases of wildcard-iam-resource."""

from fixer.model import Case

INVALID = (
    Case(
        "comments go along with their actions",
        before="""\
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action:
                  - xray:PutTraceSegments
                  - dynamodb:Query  # by customer
                  - dynamodb:Scan   # for the report
                  - sqs:ListQueues # to find them
                Resource: '*'
              - Fn::If:
                  - IsProd
                  - Effect: Allow
                    Action:
                      - xray:PutTraceSegments # always
                      - dynamodb:Query # in production
                    Resource: '*'
                  - !Ref AWS::NoValue
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      Environment:
        Variables: {TABLE: !Ref Orders}
""",
        after="""\
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action:
                  - xray:PutTraceSegments
                  - sqs:ListQueues # to find them
                Resource: '*'
              - Fn::If:
                  - IsProd
                  - Effect: Allow
                    Action:
                      - xray:PutTraceSegments # always
                    Resource: '*'
                  - !Ref AWS::NoValue
              - !If
                - IsProd
                - Effect: Allow
                  Action: dynamodb:Query # in production
                  Resource:
                    - !GetAtt Orders.Arn
                    - !Sub ${Orders.Arn}/index/*
                - !Ref AWS::NoValue
              - Effect: Allow
                Action:
                  - dynamodb:Query  # by customer
                  - dynamodb:Scan   # for the report
                Resource:
                  - !GetAtt Orders.Arn
                  - !Sub ${Orders.Arn}/index/*
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      Environment:
        Variables: {TABLE: !Ref Orders}
""",
        unsafe=True,
    ),
    Case(
        "a heading stays with one of its actions, and the others move",
        before="""\
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action:
                  - xray:PutTraceSegments
                  # orders by customer
                  - dynamodb:Query
                  - dynamodb:GetItem
                # TODO: name the table
                Resource: '*'
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      Environment:
        Variables: {TABLE: !Ref Orders}
""",
        after="""\
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action:
                  # orders by customer
                  - dynamodb:Query
                # TODO: name the table
                Resource:
                  - !GetAtt Orders.Arn
                  - !Sub ${Orders.Arn}/index/*
              - Effect: Allow
                Action: xray:PutTraceSegments
                Resource: '*'
              - Effect: Allow
                Action: dynamodb:GetItem
                Resource: !GetAtt Orders.Arn
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      Environment:
        Variables: {TABLE: !Ref Orders}
""",
        unsafe=True,
        json_differs=True,
    ),
    Case(
        "a role that is known by its name",
        before="""\
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
  Other:
    Type: AWS::DynamoDB::Table
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: orders-worker
  Policy:
    Type: AWS::IAM::Policy
    Properties:
      PolicyName: main
      Roles: [orders-worker]
      PolicyDocument:
        Statement:
          - Effect: Allow
            Action: dynamodb:GetItem
            Resource: '*'
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Role: !Sub arn:aws:iam::${AWS::AccountId}:role/orders-worker
      Environment:
        Variables: {TABLE: !Ref Orders}
""",
        after="""\
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
  Other:
    Type: AWS::DynamoDB::Table
  Role:
    Type: AWS::IAM::Role
    Properties:
      RoleName: orders-worker
  Policy:
    Type: AWS::IAM::Policy
    Properties:
      PolicyName: main
      Roles: [orders-worker]
      PolicyDocument:
        Statement:
          - Effect: Allow
            Action: dynamodb:GetItem
            Resource: !GetAtt Orders.Arn
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Role: !Sub arn:aws:iam::${AWS::AccountId}:role/orders-worker
      Environment:
        Variables: {TABLE: !Ref Orders}
""",
        unsafe=True,
    ),
    Case(
        "actions of a pattern that need the wildcard, in words",
        before="""\
Resources:
  Secret:
    Type: AWS::SecretsManager::Secret
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: secretsmanager:*Get*
                Resource: '*'
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      Environment: {Variables: {SECRET: !Ref Secret}}
""",
        after="""\
Resources:
  Secret:
    Type: AWS::SecretsManager::Secret
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: secretsmanager:*Get*
                Resource: !Ref Secret
              - Effect: Allow
                Action:
                  - secretsmanager:BatchGetSecretValue
                  - secretsmanager:GetRandomPassword
                Resource: '*'
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      Environment: {Variables: {SECRET: !Ref Secret}}
""",
        unsafe=True,
    ),
    Case(
        "a role to assume, and resources beside the wildcard",
        before="""\
Resources:
  Queue:
    Type: AWS::SQS::Queue
  Reader:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Principal: {AWS: !GetAtt Role.Arn}}]}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
  Policy:
    Type: AWS::IAM::Policy
    Properties:
      PolicyName: main
      Roles: [!Ref Role]
      PolicyDocument:
        Statement:
          - Effect: Allow
            Action: sts:AssumeRole
            Resource: '*'
          - Effect: Allow
            Action: sqs:SendMessage
            Resource:
              - arn:aws:sqs:us-east-1:123456789012:other
              - '*'
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      Environment:
        Variables: {READER: !GetAtt Reader.Arn, QUEUE: !Ref Queue}
""",
        after="""\
Resources:
  Queue:
    Type: AWS::SQS::Queue
  Reader:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {Statement: [{Principal: {AWS: !GetAtt Role.Arn}}]}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
  Policy:
    Type: AWS::IAM::Policy
    Properties:
      PolicyName: main
      Roles: [!Ref Role]
      PolicyDocument:
        Statement:
          - Effect: Allow
            Action: sts:AssumeRole
            Resource: !GetAtt Reader.Arn
          - Effect: Allow
            Action: sqs:SendMessage
            Resource:
              - arn:aws:sqs:us-east-1:123456789012:other
              - !GetAtt Queue.Arn
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      Environment:
        Variables: {READER: !GetAtt Reader.Arn, QUEUE: !Ref Queue}
""",
        unsafe=True,
    ),
    Case(
        "a condition of the statement stays on all parts",
        before="""\
Resources:
  Queue:
    Type: AWS::SQS::Queue
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: [sqs:SendMessage, sqs:ListQueues, cloudwatch:ListDashboards]
                Resource: ['*']
                Condition: {Bool: {'aws:SecureTransport': 'true'}}
""",
        after="""\
Resources:
  Queue:
    Type: AWS::SQS::Queue
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: [sqs:ListQueues, cloudwatch:ListDashboards]
                Resource: ['*']
                Condition: {Bool: {'aws:SecureTransport': 'true'}}
              - Effect: Allow
                Action: sqs:SendMessage
                Resource:
                  - !GetAtt Queue.Arn
                Condition:
                  Bool:
                    aws:SecureTransport: 'true'
""",
        unsafe=True,
    ),
    Case(
        "a conditional resource among others",
        before="""\
Conditions:
  Prod: !Equals [!Ref AWS::Region, us-east-1]
Resources:
  Main:
    Type: AWS::SNS::Topic
  Alarms:
    Type: AWS::SNS::Topic
    Condition: Prod
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: sns:Publish
                Resource: '*'
""",
        after="""\
Conditions:
  Prod: !Equals [!Ref AWS::Region, us-east-1]
Resources:
  Main:
    Type: AWS::SNS::Topic
  Alarms:
    Type: AWS::SNS::Topic
    Condition: Prod
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: sns:Publish
                Resource:
                  - !Ref Main
                  - !If [Prod, !Ref Alarms, !Ref AWS::NoValue]
""",
        unsafe=True,
    ),
    Case(
        "the policy is under the same condition",
        before="""\
Conditions:
  Prod: !Equals [!Ref AWS::Region, us-east-1]
Resources:
  Alarms:
    Type: AWS::SNS::Topic
    Condition: Prod
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Condition: Prod
    Properties:
      PolicyDocument:
        Statement:
          - {Effect: Allow, Action: 'sns:Publish', Resource: '*'}
""",
        after="""\
Conditions:
  Prod: !Equals [!Ref AWS::Region, us-east-1]
Resources:
  Alarms:
    Type: AWS::SNS::Topic
    Condition: Prod
  Policy:
    Type: AWS::IAM::ManagedPolicy
    Condition: Prod
    Properties:
      PolicyDocument:
        Statement:
          - {Effect: Allow, Action: 'sns:Publish', Resource: !Ref Alarms}
""",
        unsafe=True,
    ),
    Case(
        "a statement in a branch",
        before="""\
Conditions:
  Prod: !Equals [!Ref AWS::Region, us-east-1]
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Condition: Prod
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - !If
                - Prod
                - Effect: Allow
                  Action: [sns:Publish, sns:ListTopics]
                  Resource: '*'
                - !Ref AWS::NoValue
""",
        after="""\
Conditions:
  Prod: !Equals [!Ref AWS::Region, us-east-1]
Resources:
  Topic:
    Type: AWS::SNS::Topic
    Condition: Prod
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - !If
                - Prod
                - Effect: Allow
                  Action: [sns:Publish]
                  Resource: !Ref Topic
                - !Ref AWS::NoValue
              - !If
                - Prod
                - Effect: Allow
                  Action: sns:ListTopics
                  Resource: '*'
                - !Ref AWS::NoValue
""",
        unsafe=True,
    ),
    Case(
        "a circle, and an explicit name",
        before="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: s3:GetObject
                Resource: '*'
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
  Bucket:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: !Sub in-${AWS::AccountId}
      NotificationConfiguration:
        LambdaConfigurations:
          - {Event: 's3:ObjectCreated:*', Function: !GetAtt Function.Arn}
""",
        after="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: s3:GetObject
                Resource: !Sub 'arn:${AWS::Partition}:s3:::in-${AWS::AccountId}/*'
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
  Bucket:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: !Sub in-${AWS::AccountId}
      NotificationConfiguration:
        LambdaConfigurations:
          - {Event: 's3:ObjectCreated:*', Function: !GetAtt Function.Arn}
""",
        unsafe=True,
    ),
    Case(
        "SAM, the policy of a function with an event",
        before="""\
Transform: AWS::Serverless-2016-10-31
Resources:
  Bucket:
    Type: AWS::S3::Bucket
  Queue:
    Type: AWS::SQS::Queue
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Policies:
        - AWSLambdaBasicExecutionRole
        - Statement:
            - Effect: Allow
              Action: [sqs:SendMessage]
              Resource: '*'
            - Effect: Allow
              Action: [s3:GetObject]
              Resource: '*'
      Events:
        Upload:
          Type: S3
          Properties: {Bucket: !Ref Bucket, Events: 's3:ObjectCreated:*'}
""",
        after="""\
Transform: AWS::Serverless-2016-10-31
Resources:
  Bucket:
    Type: AWS::S3::Bucket
  Queue:
    Type: AWS::SQS::Queue
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Policies:
        - AWSLambdaBasicExecutionRole
        - Statement:
            - Effect: Allow
              Action: [sqs:SendMessage]
              Resource: !GetAtt Queue.Arn
            - Effect: Allow
              Action: [s3:GetObject]
              Resource: '*'
      Events:
        Upload:
          Type: S3
          Properties: {Bucket: !Ref Bucket, Events: 's3:ObjectCreated:*'}
""",
        unsafe=True,
        says="a reference to Bucket would make a circle",
    ),
    Case(
        "patterns",
        before="""\
Resources:
  Queue:
    Type: AWS::SQS::Queue
  Bucket:
    Type: AWS::S3::Bucket
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - Sid: Queues
                Effect: Allow
                Action: sqs:*
                Resource: '*'
              - Effect: Allow
                Action:
                  - s3:PutObject*
                  - s3:*
                  - ec2:Describe*
                Resource: '*'
""",
        after="""\
Resources:
  Queue:
    Type: AWS::SQS::Queue
  Bucket:
    Type: AWS::S3::Bucket
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - Sid: Queues
                Effect: Allow
                Action: sqs:*
                Resource: !GetAtt Queue.Arn
              - Effect: Allow
                Action:
                  - s3:PutObject*
                Resource: !Sub '${Bucket.Arn}/*'
              - Effect: Allow
                Action:
                  - s3:*
                  - ec2:Describe*
                Resource: '*'
              - Sid: Queues2
                Effect: Allow
                Action:
                  - sqs:CreateQueue
                  - sqs:ListQueues
                Resource: '*'
""",
        unsafe=True,
        says="need *: name those that are used",
    ),
    Case(
        "Sids stay unique",
        before="""\
Resources:
  Topic:
    Type: AWS::SNS::Topic
  Queue:
    Type: AWS::SQS::Queue
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - Sid: Send
                Effect: Allow
                Action:
                  - sns:Publish
                  - sqs:SendMessage
                Resource: '*'
              - Sid: Send2
                Effect: Deny
                Action: sqs:PurgeQueue
                Resource: '*'
""",
        after="""\
Resources:
  Topic:
    Type: AWS::SNS::Topic
  Queue:
    Type: AWS::SQS::Queue
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - Sid: Send
                Effect: Allow
                Action:
                  - sns:Publish
                Resource: !Ref Topic
              - Sid: Send3
                Effect: Allow
                Action: sqs:SendMessage
                Resource: !GetAtt Queue.Arn
              - Sid: Send2
                Effect: Deny
                Action: sqs:PurgeQueue
                Resource: '*'
""",
        unsafe=True,
    ),
    Case(
        "roles that are passed",
        before="""\
Resources:
  TaskRole:
    Type: AWS::IAM::Role
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      TaskRoleArn: !GetAtt TaskRole.Arn
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: [ecs:RunTask, iam:PassRole]
                Resource: '*'
  Flow:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: !GetAtt Role.Arn
      Definition: {States: {Run: {Parameters: {TaskDefinition: !Ref Task}}}}
""",
        after="""\
Resources:
  TaskRole:
    Type: AWS::IAM::Role
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      TaskRoleArn: !GetAtt TaskRole.Arn
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: [ecs:RunTask]
                Resource: !Ref Task
              - Effect: Allow
                Action: iam:PassRole
                Resource: !GetAtt TaskRole.Arn
  Flow:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      RoleArn: !GetAtt Role.Arn
      Definition: {States: {Run: {Parameters: {TaskDefinition: !Ref Task}}}}
""",
        unsafe=True,
    ),
    Case(
        "a key, and the secret that a database makes",
        before="""\
Resources:
  Key:
    Type: AWS::KMS::Key
  Alias:
    Type: AWS::KMS::Alias
    Properties: {AliasName: alias/app, TargetKeyId: !Ref Key}
  Database:
    Type: AWS::RDS::DBInstance
    Properties: {ManageMasterUserPassword: true}
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action:
                  - kms:Decrypt
                  - secretsmanager:GetSecretValue
                Resource: '*'
""",
        after="""\
Resources:
  Key:
    Type: AWS::KMS::Key
  Alias:
    Type: AWS::KMS::Alias
    Properties: {AliasName: alias/app, TargetKeyId: !Ref Key}
  Database:
    Type: AWS::RDS::DBInstance
    Properties: {ManageMasterUserPassword: true}
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action:
                  - kms:Decrypt
                Resource: !GetAtt Key.Arn
              - Effect: Allow
                Action: secretsmanager:GetSecretValue
                Resource: !GetAtt Database.MasterUserSecret.SecretArn
""",
        unsafe=True,
    ),
    Case(
        "what needs * stands last",
        before="""\
Resources:
  Table:
    Type: AWS::DynamoDB::Table
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action:
                  - dynamodb:GetItem
                  - dynamodb:PutItem
                  - xray:PutTraceSegments
                  - xray:PutTelemetryRecords
                Resource: '*'
""",
        after="""\
Resources:
  Table:
    Type: AWS::DynamoDB::Table
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action:
                  - dynamodb:GetItem
                  - dynamodb:PutItem
                Resource: !GetAtt Table.Arn
              - Effect: Allow
                Action:
                  - xray:PutTraceSegments
                  - xray:PutTelemetryRecords
                Resource: '*'
""",
        unsafe=True,
    ),
    Case(
        "what needs * stands first, with another statement behind",
        before="""\
Resources:
  Table:
    Type: AWS::DynamoDB::Table
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action:
                  - xray:PutTraceSegments
                  - xray:PutTelemetryRecords
                  - dynamodb:GetItem
                  - dynamodb:PutItem
                Resource: '*'
              - Effect: Allow
                Action:
                  - ses:SendEmail
                  - ses:SendRawEmail
                Resource: '*'
""",
        after="""\
Resources:
  Table:
    Type: AWS::DynamoDB::Table
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action:
                  - xray:PutTraceSegments
                  - xray:PutTelemetryRecords
                Resource: '*'
              - Effect: Allow
                Action:
                  - ses:SendEmail
                  - ses:SendRawEmail
                Resource: '*'
              - Effect: Allow
                Action:
                  - dynamodb:GetItem
                  - dynamodb:PutItem
                Resource: !GetAtt Table.Arn
""",
        unsafe=True,
    ),
    Case(
        "what needs * stands first, and there is no other statement",
        before="""\
Resources:
  Table:
    Type: AWS::DynamoDB::Table
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action:
                  - xray:PutTraceSegments
                  - xray:PutTelemetryRecords
                  - dynamodb:GetItem
                  - dynamodb:PutItem
                Resource: '*'
""",
        after="""\
Resources:
  Table:
    Type: AWS::DynamoDB::Table
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action:
                  - xray:PutTraceSegments
                  - xray:PutTelemetryRecords
                Resource: '*'
              - Effect: Allow
                Action: dynamodb:GetItem
                Resource: !GetAtt Table.Arn
              - Effect: Allow
                Action: dynamodb:PutItem
                Resource: !GetAtt Table.Arn
""",
        unsafe=True,
    ),
    Case(
        "time series, models and knowledge",
        unsafe=True,
        before="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: data
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: timestream:WriteRecords
                Resource: "*"
              - Effect: Allow
                Action: timestream:DescribeEndpoints
                Resource: "*"
              - Effect: Allow
                Action: sagemaker:InvokeEndpoint
                Resource: "*"
              - Effect: Allow
                Action: bedrock:Retrieve
                Resource: "*"
              - Effect: Allow
                Action: bedrock:InvokeAgent
                Resource: "*"
  Readings: {Type: 'AWS::Timestream::Table'}
  Endpoint: {Type: 'AWS::SageMaker::Endpoint'}
  Knowledge: {Type: 'AWS::Bedrock::KnowledgeBase'}
  Agent: {Type: 'AWS::Bedrock::AgentAlias'}
""",
        after="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: data
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: timestream:WriteRecords
                Resource: !GetAtt Readings.Arn
              - Effect: Allow
                Action: timestream:DescribeEndpoints
                Resource: "*"
              - Effect: Allow
                Action: sagemaker:InvokeEndpoint
                Resource: !Ref Endpoint
              - Effect: Allow
                Action: bedrock:Retrieve
                Resource: !GetAtt Knowledge.KnowledgeBaseArn
              - Effect: Allow
                Action: bedrock:InvokeAgent
                Resource: !GetAtt Agent.AgentAliasArn
  Readings: {Type: 'AWS::Timestream::Table'}
  Endpoint: {Type: 'AWS::SageMaker::Endpoint'}
  Knowledge: {Type: 'AWS::Bedrock::KnowledgeBase'}
  Agent: {Type: 'AWS::Bedrock::AgentAlias'}
""",
    ),
)
VALID = (
    Case(
        "a job that reads its script from a bucket of somebody else",
        before="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      Policies:
        - PolicyName: s3
          PolicyDocument: {Statement: [{Effect: Allow, Action: ['s3:GetObject', 's3:PutObject'], Resource: '*'}]}
  Data:
    Type: AWS::S3::Bucket
  Job:
    Type: AWS::Glue::Job
    Properties:
      Role: !Ref Role
      Command: {Name: glueetl, ScriptLocation: s3://acme-scripts/job.py}
      DefaultArguments: {--data: !Sub 's3://${Data}/'}
""",
        unsafe=True,
        says="s3://acme-scripts is not of this template",
    ),
    Case(
        "what a consumer uses, and not where it is",
        before="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess']
  Table: {Type: AWS::DynamoDB::Table}
  Subnet: {Type: AWS::EC2::Subnet}
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      Environment: {Variables: {TABLE: !Ref Table}}
      VpcConfig: {SubnetIds: [!Ref Subnet], SecurityGroupIds: []}
""",
        unsafe=True,
        says="which actions are needed; in this template it uses Table",
    ),
    Case(
        "comments on actions that would part",
        before="""\
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action:
                  # by customer
                  - dynamodb:Query
                  # all of it
                  - xray:PutTraceSegments
                Resource: '*'
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      Environment:
        Variables: {TABLE: !Ref Orders}
""",
        unsafe=True,
        json_differs=True,
        says="comments on its actions would stay behind",
    ),
    Case(
        "comments on actions of a statement alone",
        before="""\
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              Effect: Allow
              Action:
                - dynamodb:Query # by customer
                - xray:PutTraceSegments
              Resource: '*'
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      Environment:
        Variables: {TABLE: !Ref Orders}
""",
        unsafe=True,
        json_differs=True,
        says="comments on its actions would stay behind",
    ),
    Case(
        "a comment says why it is all of them",
        before="""\
Resources:
  Orders:
    Type: AWS::DynamoDB::Table
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: dynamodb:Query
                Resource: '*' # tables are made at run time
              - Effect: Allow
                Action: dynamodb:GetItem
                # Tables are made at run time, and the code finds their names where nobody else does.
                Resource: '*'
              - Effect: Allow
                Action: dynamodb:GetItem
                Resource:
                  # tables are made at run time
                  - '*'
              - Effect: Allow
                Action: dynamodb:PutItem
                Resource: # of other stacks
                  - '*'
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      Environment:
        Variables: {TABLE: !Ref Orders}
""",
        unsafe=True,
        json_differs=True,
        says="may say why it has to be *: Tables are made at run time, and the code finds their names ...",
    ),
    Case(
        "a condition chooses the resources",
        before="""\
Parameters:
  Key: {Type: String, Default: ''}
Conditions:
  HasKey: !Not [!Equals [!Ref Key, '']]
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: [kms:Decrypt, kms:ListKeys]
                Resource: !If [HasKey, !Ref Key, '*']
              - Effect: Allow
                Action: xray:PutTraceSegments
                Resource: !If [HasKey, !Ref Key, '*']
""",
        unsafe=True,
        says="allows kms:Decrypt, kms:ListKeys on * under a condition: a condition chooses between * and resources",
    ),
    Case(
        "resources of a kind that is not known here",
        before="""\
Resources:
  Sender:
    Type: AWS::SES::EmailIdentity
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: ses:SendEmail
                Resource: '*'
""",
        unsafe=True,
        says="it is not known here which resources of ses are meant",
    ),
    Case(
        "actions that can be limited to no resource, in a pattern",
        before="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: xray:*
                Resource: '*'
""",
        unsafe=True,
        says="actions that it stands for can be limited to no resource",
    ),
    Case(
        "many actions that need * stand before many others, and there is no other statement",
        before="""\
Resources:
  Table:
    Type: AWS::DynamoDB::Table
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action:
                  - xray:PutTraceSegments
                  - xray:PutTelemetryRecords
                  - ec2:DescribeVpcs
                  - ec2:DescribeSubnets
                  - dynamodb:GetItem
                  - dynamodb:PutItem
                  - dynamodb:UpdateItem
                  - dynamodb:DeleteItem
                Resource: '*'
""",
        unsafe=True,
        says="list xray:PutTraceSegments, xray:PutTelemetryRecords, ec2:DescribeVpcs, ec2:DescribeSubnets last",
    ),
    Case(
        "no resource of the type",
        before="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: [sqs:SendMessage, sqs:ListQueues]
                Resource: '*'
""",
        unsafe=True,
        says="allows sqs:SendMessage on *: the template has no sqs queue",
    ),
    Case(
        "a queue that another statement allows already",
        unsafe=True,
        before="""\
Resources:
  Lost:
    Type: AWS::SQS::Queue
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      Policies:
        - PolicyName: Orders
          PolicyDocument:
            Statement: {Effect: Allow, Action: [sqs:SendMessage], Resource: '*'}
        - PolicyName: Lost
          PolicyDocument:
            Statement: {Effect: Allow, Action: sqs:SendMessage, Resource: !GetAtt Lost.Arn}
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      DeadLetterConfig: {TargetArn: !GetAtt Lost.Arn}
""",
        says="another statement allows it on Lost already",
    ),
    Case(
        "the dead-letter queue of a function of AWS SAM",
        unsafe=True,
        before="""\
Transform: AWS::Serverless-2016-10-31
Resources:
  Lost:
    Type: AWS::SQS::Queue
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      DeadLetterQueue: {Type: SQS, TargetArn: !GetAtt Lost.Arn}
      Policies:
        - Statement: {Effect: Allow, Action: 'sqs:SendMessage', Resource: '*'}
""",
        says="another statement allows it on Lost already",
    ),
    Case(
        "only a conditional resource",
        before="""\
Conditions:
  Prod: !Equals [!Ref AWS::Region, us-east-1]
Resources:
  Alarms:
    Type: AWS::SNS::Topic
    Condition: Prod
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: sns:Publish
                Resource: '*'
""",
        unsafe=True,
        says="Alarms exists only under the condition Prod",
    ),
    Case(
        "a circle without a name",
        before="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: s3:GetObject
                Resource: '*'
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
  Bucket:
    Type: AWS::S3::Bucket
    Properties:
      NotificationConfiguration:
        LambdaConfigurations:
          - {Event: 's3:ObjectCreated:*', Function: !GetAtt Function.Arn}
""",
        unsafe=True,
        says="a reference to Bucket would make a circle",
    ),
    Case(
        "all actions",
        before="""\
Resources:
  Table:
    Type: AWS::DynamoDB::Table
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - {Effect: Allow, Action: '*', Resource: '*'}
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      Environment:
        Variables: {TABLE: !Ref Table}
""",
        unsafe=True,
        says="only the author knows which actions are needed; in this template it uses Table",
    ),
    Case(
        "all but some",
        before="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - {Effect: Allow, NotAction: 'iam:*', Resource: '*'}
""",
        unsafe=True,
        says="allows all but some with NotAction",
    ),
    Case(
        "managed policies with full access",
        before="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      ManagedPolicyArns:
        - !Sub arn:${AWS::Partition}:iam::aws:policy/AmazonS3FullAccess
        - arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole
""",
        unsafe=True,
        says="has AmazonS3FullAccess",
    ),
    Case(
        "the policies of resources, and what denies",
        before="""\
Resources:
  Key:
    Type: AWS::KMS::Key
    Properties:
      KeyPolicy:
        Statement:
          - {Effect: Allow, Principal: '*', Action: 'kms:Decrypt', Resource: '*'}
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - {Effect: Deny, Action: 'kms:ScheduleKeyDeletion', Resource: '*'}
              - {Effect: Allow, Action: 'kms:ListKeys', Resource: '*'}
""",
        unsafe=True,
    ),
    Case(
        "a role for other stacks",
        before="""\
Resources:
  Bucket:
    Type: AWS::S3::Bucket
  Role:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement:
              - {Effect: Allow, Action: 's3:GetObject', Resource: '*'}
Outputs:
  Role:
    Value: !GetAtt Role.Arn
    Export: {Name: shared-role}
""",
        unsafe=True,
        says="an export hands the role on",
    ),
    Case(
        "logs of services with names of their own",
        before="""\
Resources:
  Group:
    Type: AWS::Logs::LogGroup
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: {Effect: Allow, Principal: {Service: glue.amazonaws.com}, Action: 'sts:AssumeRole'}
      Policies:
        - PolicyName: main
          PolicyDocument:
            Statement: {Effect: Allow, Action: 'logs:PutLogEvents', Resource: '*'}
""",
        unsafe=True,
        says="into which log groups glue.amazonaws.com writes",
    ),
    Case(
        "a loop makes the role",
        unsafe=True,
        before="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Teams:
    - Team
    - [red, blue]
    - ${Team}Role:
        Type: AWS::IAM::Role
        Properties:
          Policies:
            - PolicyName: queue
              PolicyDocument:
                Statement:
                  - Effect: Allow
                    Action: [sqs:SendMessage, xray:PutTraceSegments]
                    Resource: "*"
""",
        says="a loop makes it: who gets the policy, and what they use, is not known here",
    ),
    Case(
        "a role of a loop",
        before="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::All:
    - Name
    - [A, B]
    - Role${Name}:
        Type: AWS::IAM::Role
        Properties:
          AssumeRolePolicyDocument: {}
          Policies:
            - PolicyName: p
              PolicyDocument:
                Statement:
                  - Effect: Allow
                    Action: [dynamodb:GetItem, 'ec2:DescribeSubnets']
                    Resource: '*'
""",
        unsafe=True,
        says="allows dynamodb:GetItem on *: a loop makes it",
    ),
)
