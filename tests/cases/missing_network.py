"""More cases of missing-network."""

from fixer.model import Case, Options

INVALID = (
    Case(
        "subnets by their routes, one a zone",
        before="""\
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.1.0.0/16}
  Private1:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.1.0.0/24, AvailabilityZone: !Select [0, !GetAZs '']}
  Private2:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.1.1.0/24, AvailabilityZone: !Select [1, !GetAZs '']}
  Gateway:
    Type: AWS::EC2::NatGateway
    Properties: {ConnectivityType: private, SubnetId: !Ref Private1}
  Table:
    Type: AWS::EC2::RouteTable
    Properties: {VpcId: !Ref Vpc}
  Way:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref Gateway}
  Member:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {RouteTableId: !Ref Table, SubnetId: !Ref Private2}
  Private3:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, AvailabilityZone: !Select ['1', !GetAZs {Ref: AWS::Region}]}
  Public:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, AvailabilityZone: !Select [2, !GetAZs '']}
  InternetGateway:
    Type: AWS::EC2::InternetGateway
  PublicTable:
    Type: AWS::EC2::RouteTable
    Properties: {VpcId: !Ref Vpc}
  PublicWay:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: !Ref PublicTable, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref InternetGateway}
  PublicMember:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {RouteTableId: !Ref PublicTable, SubnetId: !Ref Public}
  PublicMember3:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {RouteTableId: !Ref Table, SubnetId: !Ref Private3}
  PrivateSecurityGroup:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: HTTPS to the outside, nothing from it
      VpcId: !Ref Vpc
      SecurityGroupEgress:
        - {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0, Description: HTTPS}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
""",
        after="""\
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.1.0.0/16}
  Private1:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.1.0.0/24, AvailabilityZone: !Select [0, !GetAZs '']}
  Private2:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.1.1.0/24, AvailabilityZone: !Select [1, !GetAZs '']}
  Gateway:
    Type: AWS::EC2::NatGateway
    Properties: {ConnectivityType: private, SubnetId: !Ref Private1}
  Table:
    Type: AWS::EC2::RouteTable
    Properties: {VpcId: !Ref Vpc}
  Way:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref Gateway}
  Member:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {RouteTableId: !Ref Table, SubnetId: !Ref Private2}
  Private3:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, AvailabilityZone: !Select ['1', !GetAZs {Ref: AWS::Region}]}
  Public:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, AvailabilityZone: !Select [2, !GetAZs '']}
  InternetGateway:
    Type: AWS::EC2::InternetGateway
  PublicTable:
    Type: AWS::EC2::RouteTable
    Properties: {VpcId: !Ref Vpc}
  PublicWay:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: !Ref PublicTable, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref InternetGateway}
  PublicMember:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {RouteTableId: !Ref PublicTable, SubnetId: !Ref Public}
  PublicMember3:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {RouteTableId: !Ref Table, SubnetId: !Ref Private3}
  PrivateSecurityGroup:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: HTTPS to the outside, nothing from it
      VpcId: !Ref Vpc
      SecurityGroupEgress:
        - {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0, Description: HTTPS}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      ManagedPolicyArns:
        - !Sub arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole
  Function:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      VpcConfig:
        SubnetIds:
          - !Ref Private2
        SecurityGroupIds:
          - !GetAtt PrivateSecurityGroup.GroupId
""",
        unsafe=True,
    ),
    Case(
        "two functions with one role, the one in a condition",
        before="""\
Conditions:
  IsProd: !Equals [!Ref AWS::AccountId, '1']
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.1.0.0/16}
  Private1:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.1.0.0/24, AvailabilityZone: !Select [0, !GetAZs '']}
  Private2:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.1.1.0/24, AvailabilityZone: !Select [1, !GetAZs '']}
  PrivateSecurityGroup:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: HTTPS to the outside, nothing from it
      VpcId: !Ref Vpc
      SecurityGroupEgress:
        - {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0, Description: HTTPS}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      ManagedPolicyArns:
        - arn:aws:iam::aws:policy/AWSXrayWriteOnlyAccess # traces
  One:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      VpcConfig: {SubnetIds: [], SecurityGroupIds: []}
  Two:
    Type: AWS::Lambda::Function
    Condition: IsProd
    Properties:
      Role: !GetAtt Role.Arn
""",
        after="""\
Conditions:
  IsProd: !Equals [!Ref AWS::AccountId, '1']
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.1.0.0/16}
  Private1:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.1.0.0/24, AvailabilityZone: !Select [0, !GetAZs '']}
  Private2:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.1.1.0/24, AvailabilityZone: !Select [1, !GetAZs '']}
  PrivateSecurityGroup:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: HTTPS to the outside, nothing from it
      VpcId: !Ref Vpc
      SecurityGroupEgress:
        - {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0, Description: HTTPS}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      ManagedPolicyArns:
        - arn:aws:iam::aws:policy/AWSXrayWriteOnlyAccess # traces
        - !Sub arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole
  One:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      VpcConfig: {SubnetIds: [!Ref Private1, !Ref Private2], SecurityGroupIds: [!GetAtt PrivateSecurityGroup.GroupId]}
  Two:
    Type: AWS::Lambda::Function
    Condition: IsProd
    Properties:
      Role: !GetAtt Role.Arn
      VpcConfig:
        SubnetIds:
          - !Ref Private1
          - !Ref Private2
        SecurityGroupIds:
          - !GetAtt PrivateSecurityGroup.GroupId
""",
        unsafe=True,
    ),
    Case(
        "a role that may do it already",
        before="""\
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.1.0.0/16}
  Private1:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.1.0.0/24, AvailabilityZone: !Select [0, !GetAZs '']}
  Private2:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.1.1.0/24, AvailabilityZone: !Select [1, !GetAZs '']}
  PrivateSecurityGroup:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: HTTPS to the outside, nothing from it
      VpcId: !Ref Vpc
      SecurityGroupEgress:
        - {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0, Description: HTTPS}
  Role:
    Type: AWS::IAM::Role
    Properties:
      ManagedPolicyArns: [!Sub 'arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole']
  Other:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: network
          PolicyDocument: {Statement: [{Effect: Allow, Action: ['ec2:CreateNetworkInterface'], Resource: '*'}]}
  One:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
  Two:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Other.Arn
  Three:
    Type: AWS::Lambda::Function
    Properties:
      Role: !ImportValue Role
""",
        after="""\
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.1.0.0/16}
  Private1:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.1.0.0/24, AvailabilityZone: !Select [0, !GetAZs '']}
  Private2:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.1.1.0/24, AvailabilityZone: !Select [1, !GetAZs '']}
  PrivateSecurityGroup:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: HTTPS to the outside, nothing from it
      VpcId: !Ref Vpc
      SecurityGroupEgress:
        - {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0, Description: HTTPS}
  Role:
    Type: AWS::IAM::Role
    Properties:
      ManagedPolicyArns: [!Sub 'arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole']
  Other:
    Type: AWS::IAM::Role
    Properties:
      Policies:
        - PolicyName: network
          PolicyDocument: {Statement: [{Effect: Allow, Action: ['ec2:CreateNetworkInterface'], Resource: '*'}]}
  One:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Role.Arn
      VpcConfig:
        SubnetIds:
          - !Ref Private1
          - !Ref Private2
        SecurityGroupIds:
          - !GetAtt PrivateSecurityGroup.GroupId
  Two:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt Other.Arn
      VpcConfig:
        SubnetIds:
          - !Ref Private1
          - !Ref Private2
        SecurityGroupIds:
          - !GetAtt PrivateSecurityGroup.GroupId
  Three:
    Type: AWS::Lambda::Function
    Properties:
      Role: !ImportValue Role
      VpcConfig:
        SubnetIds:
          - !Ref Private1
          - !Ref Private2
        SecurityGroupIds:
          - !GetAtt PrivateSecurityGroup.GroupId
""",
        unsafe=True,
    ),
    Case(
        "the provider of a custom resource waits for the way out",
        before="""\
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.1.0.0/16}
  Private1:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.1.0.0/24, AvailabilityZone: !Select [0, !GetAZs '']}
  Private2:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.1.1.0/24, AvailabilityZone: !Select [1, !GetAZs '']}
  Gateway:
    Type: AWS::EC2::NatGateway
    Properties: {ConnectivityType: private, SubnetId: !Ref Private1}
  Table:
    Type: AWS::EC2::RouteTable
    Properties: {VpcId: !Ref Vpc}
  Way:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref Gateway}
  Member:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {RouteTableId: !Ref Table, SubnetId: !Ref Private2}
  PrivateSecurityGroup:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: HTTPS to the outside, nothing from it
      VpcId: !Ref Vpc
      SecurityGroupEgress:
        - {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0, Description: HTTPS}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
  Provider:
    Type: AWS::Lambda::Function
    DependsOn: Role
    Properties:
      Role: !GetAtt Role.Arn
  Thing:
    Type: Custom::Thing
    Properties: {ServiceToken: !GetAtt Provider.Arn}
""",
        after="""\
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.1.0.0/16}
  Private1:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.1.0.0/24, AvailabilityZone: !Select [0, !GetAZs '']}
  Private2:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.1.1.0/24, AvailabilityZone: !Select [1, !GetAZs '']}
  Gateway:
    Type: AWS::EC2::NatGateway
    Properties: {ConnectivityType: private, SubnetId: !Ref Private1}
  Table:
    Type: AWS::EC2::RouteTable
    Properties: {VpcId: !Ref Vpc}
  Way:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref Gateway}
  Member:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {RouteTableId: !Ref Table, SubnetId: !Ref Private2}
  PrivateSecurityGroup:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: HTTPS to the outside, nothing from it
      VpcId: !Ref Vpc
      SecurityGroupEgress:
        - {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0, Description: HTTPS}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      ManagedPolicyArns:
        - !Sub arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole
  Provider:
    Type: AWS::Lambda::Function
    DependsOn:
      - Role
      - Way
      - Member
    Properties:
      Role: !GetAtt Role.Arn
      VpcConfig:
        SubnetIds:
          - !Ref Private2
        SecurityGroupIds:
          - !GetAtt PrivateSecurityGroup.GroupId
  Thing:
    Type: Custom::Thing
    Properties: {ServiceToken: !GetAtt Provider.Arn}
""",
        unsafe=True,
    ),
    Case(
        "a service of ECS where there is a way out",
        before="""\
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.1.0.0/16}
  Private1:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.1.0.0/24, AvailabilityZone: !Select [0, !GetAZs '']}
  Private2:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.1.1.0/24, AvailabilityZone: !Select [1, !GetAZs '']}
  Gateway:
    Type: AWS::EC2::NatGateway
    Properties: {ConnectivityType: private, SubnetId: !Ref Private1}
  Table:
    Type: AWS::EC2::RouteTable
    Properties: {VpcId: !Ref Vpc}
  Way:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref Gateway}
  Member:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {RouteTableId: !Ref Table, SubnetId: !Ref Private2}
  PrivateSecurityGroup:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: HTTPS to the outside, nothing from it
      VpcId: !Ref Vpc
      SecurityGroupEgress:
        - {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0, Description: HTTPS}
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties: {NetworkMode: awsvpc}
  Service:
    Type: AWS::ECS::Service
    Properties:
      TaskDefinition: !Ref Task
""",
        after="""\
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.1.0.0/16}
  Private1:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.1.0.0/24, AvailabilityZone: !Select [0, !GetAZs '']}
  Private2:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.1.1.0/24, AvailabilityZone: !Select [1, !GetAZs '']}
  Gateway:
    Type: AWS::EC2::NatGateway
    Properties: {ConnectivityType: private, SubnetId: !Ref Private1}
  Table:
    Type: AWS::EC2::RouteTable
    Properties: {VpcId: !Ref Vpc}
  Way:
    Type: AWS::EC2::Route
    Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, NatGatewayId: !Ref Gateway}
  Member:
    Type: AWS::EC2::SubnetRouteTableAssociation
    Properties: {RouteTableId: !Ref Table, SubnetId: !Ref Private2}
  PrivateSecurityGroup:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: HTTPS to the outside, nothing from it
      VpcId: !Ref Vpc
      SecurityGroupEgress:
        - {IpProtocol: tcp, FromPort: 443, ToPort: 443, CidrIp: 0.0.0.0/0, Description: HTTPS}
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties: {NetworkMode: awsvpc}
  Service:
    Type: AWS::ECS::Service
    DependsOn:
      - Way
      - Member
    Properties:
      TaskDefinition: !Ref Task
      NetworkConfiguration:
        AwsvpcConfiguration:
          AssignPublicIp: DISABLED
          Subnets:
            - !Ref Private2
          SecurityGroups:
            - !GetAtt PrivateSecurityGroup.GroupId
""",
        unsafe=True,
    ),
    Case(
        "private APIs",
        before="""\
Transform: AWS::Serverless-2016-10-31
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.1.0.0/16}
  Private1:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.1.0.0/24, AvailabilityZone: !Select [0, !GetAZs '']}
  Private2:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.1.1.0/24, AvailabilityZone: !Select [1, !GetAZs '']}
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: orders
      EndpointConfiguration:
        Types: [REGIONAL] # for the shops
  SamApi:
    Type: AWS::Serverless::Api
    Properties:
      StageName: live
      Auth:
        DefaultAuthorizer: AWS_IAM
  Defined:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Body: {openapi: 3.0.1, paths: {}}
""",
        after="""\
Transform: AWS::Serverless-2016-10-31
Conditions:
  IsChina: !Equals [!Ref AWS::Partition, aws-cn]
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: 10.1.0.0/16, EnableDnsHostnames: true}
  Private1:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.1.0.0/24, AvailabilityZone: !Select [0, !GetAZs '']}
  Private2:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, CidrBlock: 10.1.1.0/24, AvailabilityZone: !Select [1, !GetAZs '']}
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: orders
      EndpointConfiguration:
        Types: [PRIVATE] # for the shops
        VpcEndpointIds:
          - !Ref ApiEndpoint
      Policy:
        Version: '2012-10-17'
        Statement:
          - Effect: Deny
            Principal: '*'
            Action: execute-api:Invoke
            Resource: execute-api:/*
            Condition:
              StringNotEquals:
                aws:SourceVpce: !Ref ApiEndpoint
          - Effect: Allow
            Principal: '*'
            Action: execute-api:Invoke
            Resource: execute-api:/*
  SamApi:
    Type: AWS::Serverless::Api
    Properties:
      StageName: live
      Auth:
        DefaultAuthorizer: AWS_IAM
        ResourcePolicy:
          IntrinsicVpceWhitelist:
            - !Ref ApiEndpoint
      EndpointConfiguration:
        Type: PRIVATE
        VPCEndpointIds:
          - !Ref ApiEndpoint
  Defined:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Body: {openapi: 3.0.1, paths: {}}
      EndpointConfiguration:
        Types:
          - PRIVATE
        VpcEndpointIds:
          - !Ref ApiEndpoint
      Parameters:
        endpointConfigurationTypes: PRIVATE
      Policy:
        Version: '2012-10-17'
        Statement:
          - Effect: Deny
            Principal: '*'
            Action: execute-api:Invoke
            Resource: execute-api:/*
            Condition:
              StringNotEquals:
                aws:SourceVpce: !Ref ApiEndpoint
          - Effect: Allow
            Principal: '*'
            Action: execute-api:Invoke
            Resource: execute-api:/*
  ApiEndpointSecurityGroup:
    Type: AWS::EC2::SecurityGroup
    Properties:
      GroupDescription: HTTPS from the network
      VpcId: !Ref Vpc
      SecurityGroupIngress:
        - IpProtocol: tcp
          FromPort: 443
          ToPort: 443
          CidrIp: !GetAtt Vpc.CidrBlock
          Description: HTTPS from the network
  ApiEndpoint:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcEndpointType: Interface
      VpcId: !Ref Vpc
      ServiceName: !If
        - IsChina
        - !Sub cn.com.amazonaws.${AWS::Region}.execute-api
        - !Sub com.amazonaws.${AWS::Region}.execute-api
      PrivateDnsEnabled: true
      SubnetIds:
        - !Ref Private1
        - !Ref Private2
      SecurityGroupIds:
        - !GetAtt ApiEndpointSecurityGroup.GroupId
""",
        options=Options(private_api=True),
        unsafe=True,
    ),
)

VALID = (
    Case(
        "in a network already",
        before="""\
Transform: AWS::Serverless-2016-10-31
Globals:
  Function:
    VpcConfig: {SubnetIds: [subnet-1], SecurityGroupIds: [sg-1]}
Resources:
  One:
    Type: AWS::Serverless::Function
  Two:
    Type: AWS::Lambda::Function
    Properties: {VpcConfig: !If [InVpc, {SubnetIds: [subnet-1], SecurityGroupIds: [sg-1]}, !Ref AWS::NoValue]}
  Three:
    Type: AWS::Lambda::Function
    Properties: {CapacityProviderConfig: {LambdaManagedInstancesCapacityProviderConfig: {}}}
  Service:
    Type: AWS::ECS::Service
    Properties: {LaunchType: EC2}
  Api:
    Type: AWS::ApiGateway::RestApi
    Properties: {EndpointConfiguration: {Types: [PRIVATE]}}
""",
        options=Options(nat=True, private_api=True),
        unsafe=True,
    ),
    Case(
        "at the edges of a distribution",
        before="""\
Resources:
  Function:
    Type: AWS::Lambda::Function
  Version:
    Type: AWS::Lambda::Version
    Properties: {FunctionName: !Ref Function}
  Distribution:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        DefaultCacheBehavior:
          LambdaFunctionAssociations: [{EventType: viewer-request, LambdaFunctionARN: !Ref Version}]
""",
        unsafe=True,
        says="a function at the edges of a distribution cannot be in a VPC",
    ),
    Case(
        "a custom resource without a way out",
        before="""\
Resources:
  Provider:
    Type: AWS::Lambda::Function
    Properties: {Role: !ImportValue Role}
  Thing:
    Type: Custom::Thing
    Properties: {ServiceToken: !GetAtt Provider.Arn}
""",
        unsafe=True,
        says="a call for the custom resource Thing may hang",
    ),
    Case(
        "a network that depends on the function",
        before="""\
Resources:
  Provider:
    Type: AWS::Lambda::Function
    Properties: {Role: !ImportValue Role}
  Range:
    Type: Custom::Range
    Properties: {ServiceToken: !GetAtt Provider.Arn}
  Vpc:
    Type: AWS::EC2::VPC
    Properties: {CidrBlock: !GetAtt Range.Cidr}
  Private:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc}
""",
        options=Options(nat=True),
        unsafe=True,
        says="Vpc depends on Provider",
    ),
    Case(
        "a service without a way out",
        before="""\
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties: {CapacityProviderStrategy: [{CapacityProvider: FARGATE_SPOT}]}
""",
        unsafe=True,
        says="its tasks could not fetch their images",
    ),
    Case(
        "a service behind a load balancer",
        before="""\
Resources:
  Service:
    Type: AWS::ECS::Service
    Properties: {LaunchType: FARGATE, LoadBalancers: [{TargetGroupArn: !ImportValue Group, ContainerPort: 80}]}
""",
        options=Options(nat=True),
        unsafe=True,
        says="which ports to let in is not known here",
    ),
    Case(
        "a function that a loop makes",
        before="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::Functions:
    - Name
    - [A, B]
    - Function${Name}:
        Type: AWS::Lambda::Function
        Properties: {Role: !ImportValue Role}
""",
        unsafe=True,
        says="AWS::Lambda::Function in Fn::ForEach::Functions is in no network",
    ),
    Case(
        "no private subnet for sure",
        before="""\
Resources:
  Vpc:
    Type: AWS::EC2::VPC
  Subnet:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref Vpc, MapPublicIpOnLaunch: !Ref Public}
  Function:
    Type: AWS::Lambda::Function
    Properties: {Role: !ImportValue Role}
""",
        unsafe=True,
        says="the VPC Vpc has no private subnet that the template is sure of",
    ),
    Case(
        "a VPC under a condition",
        before="""\
Conditions:
  OwnVpc: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Vpc:
    Type: AWS::EC2::VPC
    Condition: OwnVpc
  Function:
    Type: AWS::Lambda::Function
    Properties: {Role: !ImportValue Role}
""",
        unsafe=True,
        says="the VPC of Vpc is made by a condition",
    ),
    Case(
        "several networks",
        before="""\
Resources:
  A:
    Type: AWS::EC2::VPC
  B:
    Type: AWS::EC2::VPC
  SubnetA:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref A}
  SubnetB:
    Type: AWS::EC2::Subnet
    Properties: {VpcId: !Ref B}
  Function:
    Type: AWS::Lambda::Function
    Properties: {Role: !ImportValue Role}
""",
        unsafe=True,
        says="several VPCs with private subnets: A, B",
    ),
    Case(
        "a role whose policies a condition decides on",
        before="""\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      ManagedPolicyArns: !If [IsProd, [!Ref Policy], !Ref AWS::NoValue]
  Function:
    Type: AWS::Lambda::Function
    Properties: {Role: !GetAtt Role.Arn}
""",
        unsafe=True,
        says="the policies of its role Role are made by an intrinsic",
    ),
    Case(
        "in a network of another template",
        before="""\
Resources:
  Database:
    Type: AWS::RDS::DBSubnetGroup
    Properties: {SubnetIds: [!ImportValue SubnetA, !ImportValue SubnetB]}
  Function:
    Type: AWS::Lambda::Function
    Properties: {Role: !ImportValue Role}
""",
        unsafe=True,
        says="Database is in a network that the template does not make",
    ),
    Case(
        "the API that AWS SAM makes",
        before="""\
Transform: AWS::Serverless-2016-10-31
Resources:
  Function:
    Type: AWS::Serverless::Function
    Properties:
      VpcConfig: {SubnetIds: [subnet-1], SecurityGroupIds: [sg-1]}
      Events:
        Read: {Type: Api, Properties: {Path: /, Method: get}}
""",
        options=Options(private_api=True),
        unsafe=True,
        says="AWS SAM makes it for the events of functions",
    ),
    Case(
        "APIs that cannot be private",
        before="""\
Transform: AWS::Serverless-2016-10-31
Resources:
  Known:
    Type: AWS::ApiGateway::RestApi
  Mapping:
    Type: AWS::ApiGateway::BasePathMapping
    Properties: {DomainName: orders.example.com, RestApiId: !Ref Known}
  Guarded:
    Type: AWS::ApiGateway::RestApi
    Properties: {Policy: {Statement: []}}
  Described:
    Type: AWS::Serverless::Api
    Properties: {StageName: live, DefinitionUri: ./api.yaml}
  Http:
    Type: AWS::Serverless::HttpApi
""",
        options=Options(private_api=True),
        unsafe=True,
        says="Mapping makes it known to the public",
    ),
)
