"""More cases of uninlined-lambda-code."""

from fixer.model import Case

INVALID = (
    Case(
        "SAM, with a package for all",
        before="""\
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    Runtime: nodejs20.x
    Handler: app.handler
    CodeUri: s3://packages/orders.zip
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      MemorySize: 128
  Billing:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri:
        Bucket: packages
        Key: billing.zip
      Handler: billing.run
  Local:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: ./local
""",
        after="""\
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    Runtime: nodejs20.x
    Handler: app.handler
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      MemorySize: 128
      InlineCode: exports.handler = async () => 1;
      Handler: index.handler
  Billing:
    Type: AWS::Serverless::Function
    Properties:
      InlineCode: exports.run = async () => 2;
      Handler: index.run
  Local:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: ./local
""",
        files={
            "orders/app.js": "exports.handler = async () => 1;",
            "billing/billing.js": "exports.run = async () => 2;",
        },
    ),
    Case(
        "a placeholder loses no events",
        before="""\
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code: {S3Bucket: packages, S3Key: orders.zip}
      Handler: app.handler
      Runtime: python3.12
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {FunctionName: !Ref Orders, EventSourceArn: !ImportValue queue}
  Clean:
    Type: AWS::Lambda::Function
    Properties:
      Code: {S3Bucket: packages, S3Key: clean.zip}
      Handler: app.handler
      Runtime: nodejs20.x
  Nightly:
    Type: AWS::Events::Rule
    Properties:
      Targets: [{Id: clean, Arn: !GetAtt Clean.Arn}]
""",
        after="""\
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      # was: s3://packages/orders.zip
      Code:
        ZipFile: |
          # Placeholder. The code of this function was in s3://packages/orders.zip
          def handler(event, context):
              print("Placeholder called, request %s" % context.aws_request_id)
              raise NotImplementedError("so that no event is taken for done")
      Handler: index.handler
      Runtime: python3.12
  Mapping:
    Type: AWS::Lambda::EventSourceMapping
    Properties: {FunctionName: !Ref Orders, EventSourceArn: !ImportValue queue}
  Clean:
    Type: AWS::Lambda::Function
    Properties:
      # was: s3://packages/clean.zip
      Code:
        ZipFile: |
          // Placeholder. The code of this function was in s3://packages/clean.zip
          exports.handler = async (event, context) => {
            console.log(`Placeholder called, request ${context.awsRequestId}`);
            throw new Error("Not implemented, so that no event is taken for done");
          };
      Handler: index.handler
      Runtime: nodejs20.x
  Nightly:
    Type: AWS::Events::Rule
    Properties:
      Targets: [{Id: clean, Arn: !GetAtt Clean.Arn}]
""",
        unsafe=True,
    ),
    Case(
        "SAM, Globals that hold nothing else",
        before="""\
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    CodeUri: s3://packages/orders.zip
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Runtime: python3.12
""",
        after="""\
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::Function
    Properties:
      Handler: index.handler
      Runtime: python3.12
      InlineCode: "def handler(event, context): ..."
""",
        files={"orders/index.py": "def handler(event, context): ..."},
    ),
    Case(
        "what a literal block cannot hold",
        before="""\
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code: {S3Bucket: packages, S3Key: orders.zip}
      Handler: index.run
      Runtime: python3.12
""",
        after="""\
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code:
        ZipFile: "def run(event, context):\\r\\n    return 1"
      Handler: index.run
      Runtime: python3.12
""",
        files={"orders/index.py": "def run(event, context):\r\n    return 1"},
    ),
    Case(
        "a local path, inlined if asked for",
        before="""\
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code: ./src
      Handler: app.handler
      Runtime: python3.12
""",
        after="""\
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code:
        ZipFile: "def handler(event, context): ..."
      Handler: index.handler
      Runtime: python3.12
""",
        unsafe=True,
        files={"src/app.py": "def handler(event, context): ..."},
    ),
    Case(
        "a placeholder is no success of a step, a stream's transformation or a sign-up",
        before="""\
Resources:
  Score:
    Type: AWS::Lambda::Function
    Properties:
      Code: {S3Bucket: packages, S3Key: score.zip}
      Handler: app.handler
      Runtime: python3.12
  Loan:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      DefinitionString: !Sub '{"StartAt": "Score", "States": {"Score": {"Type": "Task", "Resource": "${Score.Arn}", "End": true}}}'
  SignUp:
    Type: AWS::Serverless::Function
    Properties:
      CodeUri: s3://packages/sign-up.zip
      Handler: app.handler
      Runtime: nodejs22.x
      Events:
        Before: {Type: Cognito, Properties: {UserPool: !Ref Users, Trigger: PreSignUp}}
""",
        after="""\
Resources:
  Score:
    Type: AWS::Lambda::Function
    Properties:
      # was: s3://packages/score.zip
      Code:
        ZipFile: |
          # Placeholder. The code of this function was in s3://packages/score.zip
          def handler(event, context):
              print("Placeholder called, request %s" % context.aws_request_id)
              raise NotImplementedError("so that no event is taken for done")
      Handler: index.handler
      Runtime: python3.12
  Loan:
    Type: AWS::StepFunctions::StateMachine
    Properties:
      DefinitionString: !Sub '{"StartAt": "Score", "States": {"Score": {"Type": "Task", "Resource": "${Score.Arn}", "End": true}}}'
  SignUp:
    Type: AWS::Serverless::Function
    Properties:
      # was: s3://packages/sign-up.zip
      InlineCode: |
        // Placeholder. The code of this function was in s3://packages/sign-up.zip
        exports.handler = async (event, context) => {
          console.log(`Placeholder called, request ${context.awsRequestId}`);
          throw new Error("Not implemented, so that no event is taken for done");
        };
      Handler: index.handler
      Runtime: nodejs22.x
      Events:
        Before: {Type: Cognito, Properties: {UserPool: !Ref Users, Trigger: PreSignUp}}
""",
        unsafe=True,
    ),
)

VALID = (
    Case(
        "no placeholder unless asked for",
        before="""\
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code: {S3Bucket: packages, S3Key: orders.zip}
      Handler: app.handler
      Runtime: nodejs20.x
""",
        says="a placeholder would stand in for it",
    ),
    Case(
        "inline code and images",
        before="""\
Resources:
  Inline:
    Type: AWS::Lambda::Function
    Properties:
      Code:
        ZipFile: 'def handler(event, context): ...'
      Handler: index.handler
      Runtime: python3.12
  Image:
    Type: AWS::Lambda::Function
    Properties:
      PackageType: Image
      Code: {ImageUri: !Ref Image}
""",
        unsafe=True,
    ),
    Case(
        "a condition chooses",
        before="""\
Conditions:
  Prod: !Equals [!Ref AWS::Region, us-east-1]
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code: !If
        - Prod
        - {S3Bucket: !If [Prod, packages, !Ref Bucket], S3Key: orders.zip}
        - {ZipFile: 'def handler(event, context): ...'}
      Handler: index.handler
      Runtime: python3.12
""",
        unsafe=True,
        says="takes the code from s3://packages or <Bucket>/orders.zip or inline code: a condition chooses",
    ),
    Case(
        "a common module name is not enough to be safe",
        before="""\
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code: {S3Bucket: packages, S3Key: orders.zip}
      Handler: index.handler
      Runtime: python3.12
""",
        files={"src/index.py": "def handler(event, context): ..."},
        says="only the handler, and not the key of the object, points to src/index.py",
    ),
    Case(
        "two packages and one file",
        before="""\
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code: {S3Bucket: packages, S3Key: orders.zip}
      Handler: index.handler
      Runtime: python3.12
  Billing:
    Type: AWS::Lambda::Function
    Properties:
      Code: {S3Bucket: packages, S3Key: billing.zip}
      Handler: index.handler
      Runtime: python3.12
""",
        unsafe=True,
        files={"src/index.py": "def handler(event, context): ..."},
        says="src/index.py may be the code of Billing as well",
    ),
    Case(
        "an ES module",
        before="""\
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code: {S3Bucket: packages, S3Key: orders.zip}
      Handler: index.handler
      Runtime: nodejs20.x
""",
        unsafe=True,
        files={"orders/index.js": "export const handler = async () => 1;\n"},
        says="orders/index.js is an ES module",
    ),
    Case(
        "other runtimes",
        before="""\
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code: {S3Bucket: packages, S3Key: orders.jar}
      Handler: com.example.Orders::handle
      Runtime: java21
""",
        unsafe=True,
        says="its Runtime is java21",
    ),
    Case(
        "a signed package",
        before="""\
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code: {S3Bucket: packages, S3Key: orders.zip}
      CodeSigningConfigArn: !Ref Signing
      Handler: orders.handler
      Runtime: python3.12
""",
        unsafe=True,
        files={"orders.py": "def handler(event, context): ..."},
        says="inline code is not signed",
    ),
    Case(
        "a local path, left to package",
        before="""\
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code: ./src
      Handler: app.handler
      Runtime: python3.12
""",
        files={"src/app.py": "def handler(event, context): ..."},
        says="aws cloudformation package would upload it",
    ),
    Case(
        "a bucket of another stack",
        before="""\
Resources:
  Orders:
    Type: AWS::Lambda::Function
    Properties:
      Code:
        S3Bucket: !ImportValue packages
        S3Key: !FindInMap [Keys, !Ref AWS::Region, orders]
      Handler: app.handler
      Runtime: python3.12
""",
        says="takes the code from s3://<packages>/<Keys.<AWS::Region>.orders>",
    ),
    Case(
        "a loop makes the function",
        unsafe=True,
        before="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Teams:
    - Team
    - [red, blue]
    - ${Team}Function:
        Type: AWS::Lambda::Function
        Properties:
          Code: {S3Bucket: packages, S3Key: !Sub '${Team}.zip'}
          Handler: index.handler
          Runtime: python3.12
""",
        says="a loop makes it: only what stands outside of loops is inlined",
    ),
    Case(
        "a function of a loop",
        before="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::All:
    - Name
    - [A, B]
    - Function${Name}:
        Type: AWS::Lambda::Function
        Properties:
          Runtime: python3.13
          Handler: index.handler
          Code: {S3Bucket: code, S3Key: orders.zip}
""",
        says="a loop makes it",
    ),
)
