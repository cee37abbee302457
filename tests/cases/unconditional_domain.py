"""Further cases of unconditional-domain."""

from fixer.model import Case

VALID = (
    Case(
        "mappings of a loop that know the domain by its name",
        before="""\
Transform: AWS::LanguageExtensions
Resources:
  Domain:
    Type: AWS::ApiGateway::DomainName
    Properties:
      DomainName: api.acme.org
  Fn::ForEach::Mappings:
    - Path
    - [a, b]
    - Mapping${Path}:
        Type: AWS::ApiGateway::BasePathMapping
        DependsOn: Other
        Properties:
          DomainName: api.acme.org
          BasePath: !Ref Path
""",
        says="Mapping${Path} is made for it inside a loop",
    ),
    Case(
        "aliases without a certificate",
        before="""\
Resources:
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Aliases: [www.acme.org]
        ViewerCertificate: {CloudFrontDefaultCertificate: true}
""",
        says="has aliases, and no certificate for them",
    ),
    Case(
        "aliases on a condition, and a distribution without",
        before="""\
Parameters:
  Certificate: {Type: String, Default: ''}
Conditions:
  IsOwn: !Not [!Equals [!Ref Certificate, '']]
Resources:
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Aliases: !If [IsOwn, [www.acme.org], !Ref AWS::NoValue]
        ViewerCertificate: !If
          - IsOwn
          - {AcmCertificateArn: !Ref Certificate, SslSupportMethod: sni-only}
          - {CloudFrontDefaultCertificate: true}
  Either:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Aliases: [www.acme.org]
        ViewerCertificate:
          AcmCertificateArn: !If [IsOwn, !Ref Certificate, !Ref AWS::NoValue]
  Plain:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig: {Enabled: true}
""",
    ),
    Case(
        "a load balancer that has people sign in at the domain",
        before="""\
Resources:
  Auth:
    Type: AWS::Cognito::UserPoolDomain
    Properties:
      UserPoolId: pool
      Domain: auth.acme.org
      CustomDomainConfig: {CertificateArn: !ImportValue certificate}
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !ImportValue balancer
      Port: 443
      Protocol: HTTPS
      DefaultActions:
        - Type: authenticate-cognito
          Order: 1
          AuthenticateCognitoConfig:
            UserPoolArn: !ImportValue pool
            UserPoolClientId: !ImportValue client
            UserPoolDomain: !Ref Auth
        - {Type: forward, Order: 2, TargetGroupArn: !ImportValue target}
""",
        says="would let everybody in without it",
    ),
    Case(
        "domains of Cognito that need no certificate, or not always",
        before="""\
Parameters:
  Certificate: {Type: String, Default: ''}
Conditions:
  IsOwn: !Not [!Equals [!Ref Certificate, '']]
Resources:
  Prefix:
    Type: AWS::Cognito::UserPoolDomain
    Properties: {UserPoolId: pool, Domain: acme}
  Either:
    Type: AWS::Cognito::UserPoolDomain
    Properties:
      UserPoolId: pool
      Domain: !If [IsOwn, auth.acme.org, acme]
      CustomDomainConfig: !If [IsOwn, {CertificateArn: !Ref Certificate}, !Ref AWS::NoValue]
""",
    ),
    Case(
        "a domain of a loop",
        before="""\
Transform: AWS::LanguageExtensions
Resources:
  Fn::ForEach::All:
    - Name
    - [A, B]
    - Domain${Name}:
        Type: AWS::ApiGateway::DomainName
        Properties:
          DomainName: !Sub '${Name}.acme.org'
          CertificateArn: !ImportValue certificate
""",
        says="a loop makes it",
    ),
    Case(
        "SAM, an API for every function",
        before="""\
Transform: AWS::Serverless-2016-10-31
Globals:
  Api:
    Domain:
      DomainName: api.acme.org
      CertificateArn: !ImportValue certificate
Resources:
  Topic:
    Type: AWS::SNS::Topic
""",
        says="it serves every API",
    ),
    Case(
        "SAM, a private domain",
        before="""\
Transform: AWS::Serverless-2016-10-31
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Domain:
        DomainName: api.acme.org
        CertificateArn: !ImportValue certificate
        EndpointConfiguration: PRIVATE
""",
        says="its EndpointConfiguration is not REGIONAL or EDGE",
    ),
    Case(
        "SAM, a name that is known at deployment",
        before="""\
Transform: AWS::Serverless-2016-10-31
Parameters:
  Name:
    Type: String
Resources:
  Api:
    Type: AWS::Serverless::HttpApi
    Properties:
      Domain:
        DomainName: !Ref Name
        CertificateArn: !ImportValue certificate
""",
        says="AWS SAM makes the logical ids of the names of domain and zone",
    ),
    Case(
        "SAM, records of two APIs in one group",
        before="""\
Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::HttpApi
    Properties:
      Domain:
        DomainName: orders.acme.org
        CertificateArn: !ImportValue certificate
        Route53: {HostedZoneId: Z1}
  Bills:
    Type: AWS::Serverless::HttpApi
    Properties:
      Domain:
        DomainName: bills.acme.org
        CertificateArn: !ImportValue certificate
        Route53: {HostedZoneId: Z1}
""",
        says="the records of several APIs",
    ),
)

INVALID = (
    Case(
        "a certificate under a condition",
        before="""\
Parameters:
  Certificate: {Type: String, Default: 'arn:aws:acm:us-east-1:210987654321:certificate/0f6ac2b4-1b1c-4f54-9d6e-7f2f2b6f0c11'}
Conditions:
  Wanted: !Not [!Equals [!Ref Certificate, '']]
Resources:
  Domain:
    Type: AWS::ApiGatewayV2::DomainName
    Properties:
      DomainName: api.acme.org
      DomainNameConfigurations:
        - CertificateArn: !If [Wanted, !Ref Certificate, !Ref 'AWS::NoValue']
Outputs:
  CustomDomainStatus: {Value: !If [Wanted, enabled, disabled]}
""",
        after="""\
Parameters:
  Certificate: {Type: String, Default: 'arn:aws:acm:us-east-1:210987654321:certificate/0f6ac2b4-1b1c-4f54-9d6e-7f2f2b6f0c11'}
Conditions:
  Wanted: !Not [!Equals [!Ref Certificate, '']]
Resources:
  # The custom domain is created only if the condition Wanted is true.
  # Its ACM certificate must be ISSUED, in the Region of this stack (regional endpoint).
  # To request one: aws acm request-certificate --domain-name api.acme.org --validation-method DNS
  Domain:
    Type: AWS::ApiGatewayV2::DomainName
    Condition: Wanted
    Properties:
      DomainName: api.acme.org
      DomainNameConfigurations:
        - CertificateArn: !Ref Certificate
Outputs:
  CustomDomainStatus: {Value: !If [Wanted, enabled, disabled]}
""",
    ),
    Case(
        "a certificate that is written out but for its partition",
        before="""\
Resources:
  Domain:
    Type: AWS::ApiGateway::DomainName
    Properties:
      DomainName: api.acme.org
      RegionalCertificateArn: !Sub arn:${AWS::Partition}:acm:eu-west-1:210987654321:certificate/0f6ac2b4-1b1c-4f54-9d6e-7f2f2b6f0c11
      EndpointConfiguration: {Types: [REGIONAL]}
""",
        after="""\
Parameters:
  CertificateArn:
    Type: String
    Default: arn:aws:acm:eu-west-1:210987654321:certificate/0f6ac2b4-1b1c-4f54-9d6e-7f2f2b6f0c11
    Description: The custom domain is created only if CertificateArn is given.
Conditions:
  HasCustomDomain: !Not [!Equals [!Ref CertificateArn, ""]]
Resources:
  # The custom domain is created only if CertificateArn is given.
  # Its ACM certificate must be ISSUED, in the Region of this stack (regional endpoint).
  # To request one: aws acm request-certificate --domain-name api.acme.org --validation-method DNS
  Domain:
    Type: AWS::ApiGateway::DomainName
    Condition: HasCustomDomain
    Properties:
      DomainName: api.acme.org
      RegionalCertificateArn: !Ref CertificateArn
      EndpointConfiguration: {Types: [REGIONAL]}
Outputs:
  CustomDomainStatus:
    Description: Whether there is a custom domain (Domain)
    Value: !If [HasCustomDomain, enabled, disabled]
""",
        json_differs=True,
    ),
    Case(
        "two distributions with one certificate, one on a condition, one with the names of a parameter",
        before="""\
Parameters:
  Certificate: {Type: String}
  Names: {Type: CommaDelimitedList}
Conditions:
  IsAdmin: !Equals [!Ref AWS::Region, eu-west-1]
Resources:
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Aliases: !Ref Names
        ViewerCertificate:
          AcmCertificateArn: !Ref Certificate
          SslSupportMethod: sni-only
  Admin:
    Type: AWS::CloudFront::Distribution
    Condition: IsAdmin
    Properties:
      DistributionConfig:
        Enabled: true
        Aliases: [admin.acme.org]
        ViewerCertificate:
          AcmCertificateArn: !Ref Certificate
          SslSupportMethod: sni-only
""",
        after="""\
Parameters:
  Certificate: {Type: String, Default: ""}
  Names: {Type: CommaDelimitedList}
Conditions:
  IsAdmin: !Equals [!Ref AWS::Region, eu-west-1]
  HasCustomDomain: !Not [!Equals [!Ref Certificate, ""]]
Resources:
  # The custom domain is created only if Certificate is given.
  # Its ACM certificate must be ISSUED, in us-east-1 (aliases of a distribution).
  # To request one: aws acm request-certificate --domain-name DOMAIN --validation-method DNS --region us-east-1
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Aliases: !If [HasCustomDomain, !Ref Names, !Ref AWS::NoValue]
        ViewerCertificate:
          Fn::If:
            - HasCustomDomain
            - AcmCertificateArn: !Ref Certificate
              SslSupportMethod: sni-only
            - !Ref AWS::NoValue
  # The custom domain is created only if Certificate is given.
  # Its ACM certificate must be ISSUED, in us-east-1 (aliases of a distribution).
  # To request one: aws acm request-certificate --domain-name admin.acme.org --validation-method DNS --region us-east-1
  Admin:
    Type: AWS::CloudFront::Distribution
    Condition: IsAdmin
    Properties:
      DistributionConfig:
        Enabled: true
        Aliases: !If [HasCustomDomain, [admin.acme.org], !Ref AWS::NoValue]
        ViewerCertificate:
          Fn::If:
            - HasCustomDomain
            - AcmCertificateArn: !Ref Certificate
              SslSupportMethod: sni-only
            - !Ref AWS::NoValue
Outputs:
  CustomDomainStatus:
    Description: Whether there is a custom domain (Site, Admin)
    Value: !If [HasCustomDomain, enabled, disabled]
""",
        json_differs=True,
    ),
    Case(
        "the only policy of a function of AWS SAM",
        before="""\
Transform: AWS::Serverless-2016-10-31
Parameters:
  Certificate: {Type: String}
Resources:
  Domain:
    Type: AWS::AppSync::DomainName
    Properties:
      CertificateArn: !Ref Certificate
      DomainName: graph.acme.org
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Policies:
        - Statement:
            # of the domain
            - Effect: Allow
              Action: appsync:GetDomainName
              Resource: !GetAtt Domain.DomainNameArn
""",
        after="""\
Transform: AWS::Serverless-2016-10-31
Parameters:
  Certificate: {Type: String, Default: ""}
Conditions:
  HasCustomDomain: !Not [!Equals [!Ref Certificate, ""]]
Resources:
  # The custom domain is created only if Certificate is given.
  # Its ACM certificate must be ISSUED, in us-east-1 (a domain of AppSync).
  # To request one: aws acm request-certificate --domain-name graph.acme.org --validation-method DNS --region us-east-1
  Domain:
    Type: AWS::AppSync::DomainName
    Condition: HasCustomDomain
    Properties:
      CertificateArn: !Ref Certificate
      DomainName: graph.acme.org
  Function:
    Type: AWS::Serverless::Function
    Properties:
      Policies:
        - !If
          - HasCustomDomain
          - Statement:
              # of the domain
              - Effect: Allow
                Action: appsync:GetDomainName
                Resource: !GetAtt Domain.DomainNameArn
          - !Ref AWS::NoValue
Outputs:
  CustomDomainStatus:
    Description: Whether there is a custom domain (Domain)
    Value: !If [HasCustomDomain, enabled, disabled]
""",
        json_differs=True,
    ),
    Case(
        "statements about the domain and about more",
        before="""\
Parameters:
  Certificate: {Type: String}
Resources:
  Domain:
    Type: AWS::AppSync::DomainName
    Properties:
      CertificateArn: !Ref Certificate
      DomainName: graph.acme.org
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      Policies:
        - PolicyName: graph
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: appsync:UpdateDomainName
                Resource: !GetAtt Domain.DomainNameArn
              - Effect: Allow
                Action: appsync:GetDomainName
                Resource:
                  - !GetAtt Domain.DomainNameArn
                  - !ImportValue another
        - PolicyName: domain
          PolicyDocument:
            Statement:
              - Effect: Allow
                Action: appsync:GetDomainName
                Resource:
                  - !GetAtt Domain.DomainNameArn
""",
        after="""\
Parameters:
  Certificate: {Type: String, Default: ""}
Conditions:
  HasCustomDomain: !Not [!Equals [!Ref Certificate, ""]]
Resources:
  # The custom domain is created only if Certificate is given.
  # Its ACM certificate must be ISSUED, in us-east-1 (a domain of AppSync).
  # To request one: aws acm request-certificate --domain-name graph.acme.org --validation-method DNS --region us-east-1
  Domain:
    Type: AWS::AppSync::DomainName
    Condition: HasCustomDomain
    Properties:
      CertificateArn: !Ref Certificate
      DomainName: graph.acme.org
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
      Policies:
        - PolicyName: graph
          PolicyDocument:
            Statement:
              - !If
                - HasCustomDomain
                - Effect: Allow
                  Action: appsync:UpdateDomainName
                  Resource: !GetAtt Domain.DomainNameArn
                - !Ref AWS::NoValue
              - Effect: Allow
                Action: appsync:GetDomainName
                Resource:
                  - !If
                    - HasCustomDomain
                    - !GetAtt Domain.DomainNameArn
                    - !Ref AWS::NoValue
                  - !ImportValue another
        - !If
          - HasCustomDomain
          - PolicyName: domain
            PolicyDocument:
              Statement:
                - Effect: Allow
                  Action: appsync:GetDomainName
                  Resource:
                    - !GetAtt Domain.DomainNameArn
          - !Ref AWS::NoValue
Outputs:
  CustomDomainStatus:
    Description: Whether there is a custom domain (Domain)
    Value: !If [HasCustomDomain, enabled, disabled]
""",
        json_differs=True,
    ),
    Case(
        "aliases of a distribution",
        before="""\
Parameters:
  Name: {Type: String}
  CertificateArn:
    Type: String
Resources:
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Aliases: [!Ref Name, !Sub 'www.${Name}'] # both
        ViewerCertificate:
          AcmCertificateArn: !Ref CertificateArn
          SslSupportMethod: sni-only
          MinimumProtocolVersion: TLSv1.2_2021
        DefaultCacheBehavior:
          TargetOriginId: site
          ViewerProtocolPolicy: https-only
          CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6
        Origins:
          - Id: site
            DomainName: origin.acme.org
            CustomOriginConfig: {OriginProtocolPolicy: https-only}
  Record:
    Type: AWS::Route53::RecordSet
    Properties:
      HostedZoneName: acme.org.
      Name: !Sub '${Name}.'
      Type: A
      AliasTarget: {DNSName: !GetAtt Site.DomainName, HostedZoneId: Z2FDTNDATAQYW2}
  Other:
    Type: AWS::Route53::RecordSet
    Properties:
      HostedZoneName: acme.org.
      Name: other.acme.org
      Type: CNAME
      TTL: '300'
      ResourceRecords: [!GetAtt Site.DomainName]
Outputs:
  Url:
    Value: !Sub https://${Name}
  Plain:
    Value: !GetAtt Site.DomainName
""",
        after="""\
Parameters:
  Name: {Type: String}
  CertificateArn:
    Type: String
    Default: ''
Conditions:
  HasCustomDomain: !Not [!Equals [!Ref CertificateArn, '']]
Resources:
  # The custom domain is created only if CertificateArn is given.
  # Its ACM certificate must be ISSUED, in us-east-1 (aliases of a distribution).
  # To request one: aws acm request-certificate --domain-name DOMAIN --validation-method DNS --region us-east-1
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Aliases: !If # both
          - HasCustomDomain
          - - !Ref Name
            - !Sub 'www.${Name}'
          - !Ref AWS::NoValue
        ViewerCertificate:
          Fn::If:
            - HasCustomDomain
            - AcmCertificateArn: !Ref CertificateArn
              SslSupportMethod: sni-only
              MinimumProtocolVersion: TLSv1.2_2021
            - !Ref AWS::NoValue
        DefaultCacheBehavior:
          TargetOriginId: site
          ViewerProtocolPolicy: https-only
          CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6
        Origins:
          - Id: site
            DomainName: origin.acme.org
            CustomOriginConfig: {OriginProtocolPolicy: https-only}
  Record:
    Type: AWS::Route53::RecordSet
    Condition: HasCustomDomain
    Properties:
      HostedZoneName: acme.org.
      Name: !Sub '${Name}.'
      Type: A
      AliasTarget: {DNSName: !GetAtt Site.DomainName, HostedZoneId: Z2FDTNDATAQYW2}
  Other:
    Type: AWS::Route53::RecordSet
    Properties:
      HostedZoneName: acme.org.
      Name: other.acme.org
      Type: CNAME
      TTL: '300'
      ResourceRecords: [!GetAtt Site.DomainName]
Outputs:
  Url:
    Condition: HasCustomDomain
    Value: !Sub https://${Name}
  Plain:
    Value: !GetAtt Site.DomainName
  CustomDomainStatus:
    Value: !If [HasCustomDomain, enabled, disabled]
""",
        json_differs=True,
    ),
    Case(
        "aliases with a literal certificate, in JSON",
        before="""\
{
  "Resources": {
    "Site": {
      "Type": "AWS::CloudFront::Distribution",
      "Properties": {
        "DistributionConfig": {
          "Enabled": true,
          "Aliases": ["www.acme.org"],
          "ViewerCertificate": {
            "AcmCertificateArn": "arn:aws:acm:us-east-1:210987654321:certificate/0f6ac2b4-1b1c-4f54-9d6e-7f2f2b6f0c11",
            "SslSupportMethod": "sni-only"
          }
        }
      }
    },
    "Records": {
      "Type": "AWS::Route53::RecordSetGroup",
      "Properties": {
        "HostedZoneName": "acme.org.",
        "RecordSets": [
          {
            "Name": "www.acme.org.",
            "Type": "A",
            "AliasTarget": {"DNSName": {"Fn::GetAtt": ["Site", "DomainName"]}, "HostedZoneId": "Z2FDTNDATAQYW2"}
          }
        ]
      }
    }
  }
}
""",
        after="""\
{
  "Parameters": {
    "CertificateArn": {
      "Type": "String",
      "Default": "arn:aws:acm:us-east-1:210987654321:certificate/0f6ac2b4-1b1c-4f54-9d6e-7f2f2b6f0c11",
      "Description": "The custom domain is created only if CertificateArn is given. Its ACM certificate must be ISSUED, in us-east-1 (aliases of a distribution). To request one: aws acm request-certificate --domain-name www.acme.org --validation-method DNS --region us-east-1"
    }
  },
  "Conditions": {
    "HasCustomDomain": {"Fn::Not": [{"Fn::Equals": [{"Ref": "CertificateArn"}, ""]}]}
  },
  "Resources": {
    "Site": {
      "Type": "AWS::CloudFront::Distribution",
      "Properties": {
        "DistributionConfig": {
          "Enabled": true,
          "Aliases": {"Fn::If": ["HasCustomDomain", ["www.acme.org"], {"Ref": "AWS::NoValue"}]},
          "ViewerCertificate": {
            "Fn::If": [
              "HasCustomDomain",
              {
                "AcmCertificateArn": {"Ref": "CertificateArn"},
                "SslSupportMethod": "sni-only"
              },
              {"Ref": "AWS::NoValue"}
            ]
          }
        }
      }
    },
    "Records": {
      "Type": "AWS::Route53::RecordSetGroup",
      "Condition": "HasCustomDomain",
      "Properties": {
        "HostedZoneName": "acme.org.",
        "RecordSets": [
          {
            "Name": "www.acme.org.",
            "Type": "A",
            "AliasTarget": {"DNSName": {"Fn::GetAtt": ["Site", "DomainName"]}, "HostedZoneId": "Z2FDTNDATAQYW2"}
          }
        ]
      }
    }
  },
  "Outputs": {
    "CustomDomainStatus": {
      "Description": "Whether there is a custom domain (Site)",
      "Value": {"Fn::If": ["HasCustomDomain", "enabled", "disabled"]}
    }
  }
}
""",
    ),
    Case(
        "aliases with a certificate of the template, which others name",
        before="""\
Parameters:
  Name: {Type: String}
Resources:
  Certificate:
    Type: AWS::CertificateManager::Certificate
    Properties: {DomainName: !Ref Name, ValidationMethod: DNS}
  Site:
    Type: AWS::CloudFront::Distribution
    DependsOn: Certificate
    Properties:
      DistributionConfig:
        Enabled: true
        # both names
        Aliases:
          - !Ref Name # the short one
          - !Sub www.${Name}
        ViewerCertificate:
          # in us-east-1
          AcmCertificateArn: !Ref Certificate
          SslSupportMethod: sni-only
  Bucket:
    Type: AWS::S3::Bucket
    Properties: {BucketName: !Ref Name}
Outputs:
  Certificate: {Value: !Ref Certificate}
""",
        after="""\
Parameters:
  Name: {Type: String}
  EnableCustomDomain:
    Type: String
    Default: "true"
    AllowedValues:
      - "true"
      - "false"
    Description: The custom domain is created only if EnableCustomDomain is true.
Conditions:
  HasCustomDomain: !Equals [!Ref EnableCustomDomain, "true"]
Resources:
  Certificate:
    Type: AWS::CertificateManager::Certificate
    Condition: HasCustomDomain
    Properties: {DomainName: !Ref Name, ValidationMethod: DNS}
  # The custom domain is created only if EnableCustomDomain is true.
  # Its ACM certificate must be ISSUED, in us-east-1 (aliases of a distribution).
  # The stack requests Certificate and waits for its validation, by the CNAME record that ACM shows, which somebody has to make.
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        # both names
        Aliases:
          Fn::If:
            - HasCustomDomain
            - - !Ref Name # the short one
              - !Sub www.${Name}
            - !Ref AWS::NoValue
        ViewerCertificate:
          # in us-east-1
          Fn::If:
            - HasCustomDomain
            - AcmCertificateArn: !Ref Certificate
              SslSupportMethod: sni-only
            - !Ref AWS::NoValue
    Metadata:
      DependsOn:
        - !If [HasCustomDomain, !Ref Certificate, !Ref AWS::NoValue]
  Bucket:
    Type: AWS::S3::Bucket
    Properties: {BucketName: !Ref Name}
Outputs:
  Certificate: {Condition: HasCustomDomain, Value: !Ref Certificate}
  CustomDomainStatus:
    Value: !If [HasCustomDomain, enabled, disabled]
""",
        json_differs=True,
    ),
    Case(
        "domains of AppSync and Cognito, and a private one",
        before="""\
Parameters:
  Cert: {Type: String}
  Name: {Type: String}
Resources:
  Graph:
    Type: AWS::AppSync::GraphQLApi
    Properties: {Name: a, AuthenticationType: API_KEY}
  GraphDomain:
    Type: AWS::AppSync::DomainName
    Properties:
      DomainName: !Ref Name
      CertificateArn: !Ref Cert
  Association:
    Type: AWS::AppSync::DomainNameApiAssociation
    Properties:
      DomainName: !Ref Name
      ApiId: !GetAtt Graph.ApiId
  Record:
    Type: AWS::Route53::RecordSet
    Properties:
      HostedZoneName: acme.org.
      Name: !Ref Name
      Type: CNAME
      TTL: '300'
      ResourceRecords: [!GetAtt GraphDomain.AppSyncDomainName]
  Pool:
    Type: AWS::Cognito::UserPool
  Prefix:
    Type: AWS::Cognito::UserPoolDomain
    Properties: {UserPoolId: !Ref Pool, Domain: acme}
  Auth:
    Type: AWS::Cognito::UserPoolDomain
    Properties:
      UserPoolId: !Ref Pool
      Domain: auth.acme.org
      CustomDomainConfig:
        CertificateArn: arn:aws:acm:us-east-1:210987654321:certificate/0f6ac2b4-1b1c-4f54-9d6e-7f2f2b6f0c11
  Client:
    Type: AWS::Cognito::UserPoolClient
    DependsOn: Auth
    Properties:
      UserPoolId: !Ref Pool
  Private:
    Type: AWS::ApiGateway::DomainNameV2
    Properties:
      DomainName: priv.acme.org
      EndpointConfiguration: {Types: [PRIVATE]}
      CertificateArn: !ImportValue x
  PrivateMapping:
    Type: AWS::ApiGateway::BasePathMappingV2
    Properties:
      DomainNameArn: !GetAtt Private.DomainNameArn
      RestApiId: abc
Outputs:
  Login:
    Value: https://auth.acme.org/login
""",
        after="""\
Parameters:
  Cert: {Type: String, Default: ''}
  Name: {Type: String}
  AuthDomainCertificateArn:
    Type: String
    Default: arn:aws:acm:us-east-1:210987654321:certificate/0f6ac2b4-1b1c-4f54-9d6e-7f2f2b6f0c11
    Description: The custom domain is created only if AuthDomainCertificateArn is given.
  EnablePrivateDomain:
    Type: String
    Default: 'true'
    AllowedValues:
      - 'true'
      - 'false'
    Description: The custom domain is created only if EnablePrivateDomain is true.
Conditions:
  HasGraphDomain: !Not [!Equals [!Ref Cert, '']]
  HasAuthDomain: !Not [!Equals [!Ref AuthDomainCertificateArn, '']]
  HasPrivateDomain: !Equals [!Ref EnablePrivateDomain, 'true']
Resources:
  Graph:
    Type: AWS::AppSync::GraphQLApi
    Properties: {Name: a, AuthenticationType: API_KEY}
  # The custom domain is created only if Cert is given.
  # Its ACM certificate must be ISSUED, in us-east-1 (a domain of AppSync).
  # To request one: aws acm request-certificate --domain-name DOMAIN --validation-method DNS --region us-east-1
  GraphDomain:
    Type: AWS::AppSync::DomainName
    Condition: HasGraphDomain
    Properties:
      DomainName: !Ref Name
      CertificateArn: !Ref Cert
  Association:
    Type: AWS::AppSync::DomainNameApiAssociation
    Condition: HasGraphDomain
    Properties:
      DomainName: !Ref Name
      ApiId: !GetAtt Graph.ApiId
  Record:
    Type: AWS::Route53::RecordSet
    Condition: HasGraphDomain
    Properties:
      HostedZoneName: acme.org.
      Name: !Ref Name
      Type: CNAME
      TTL: '300'
      ResourceRecords: [!GetAtt GraphDomain.AppSyncDomainName]
  Pool:
    Type: AWS::Cognito::UserPool
  Prefix:
    Type: AWS::Cognito::UserPoolDomain
    Properties: {UserPoolId: !Ref Pool, Domain: acme}
  # The custom domain is created only if AuthDomainCertificateArn is given.
  # Its ACM certificate must be ISSUED, in us-east-1 (a domain of Cognito).
  # To request one: aws acm request-certificate --domain-name auth.acme.org --validation-method DNS --region us-east-1
  Auth:
    Type: AWS::Cognito::UserPoolDomain
    Condition: HasAuthDomain
    Properties:
      UserPoolId: !Ref Pool
      Domain: auth.acme.org
      CustomDomainConfig:
        CertificateArn: !Ref AuthDomainCertificateArn
  Client:
    Type: AWS::Cognito::UserPoolClient
    Properties:
      UserPoolId: !Ref Pool
    Metadata:
      DependsOn:
        - !If [HasAuthDomain, !Ref Auth, !Ref AWS::NoValue]
  # The custom domain is created only if EnablePrivateDomain is true.
  # Its ACM certificate must be ISSUED, in the Region of this stack (private endpoint).
  # To request one: aws acm request-certificate --domain-name priv.acme.org --validation-method DNS
  Private:
    Type: AWS::ApiGateway::DomainNameV2
    Condition: HasPrivateDomain
    Properties:
      DomainName: priv.acme.org
      EndpointConfiguration: {Types: [PRIVATE]}
      CertificateArn: !ImportValue x
  PrivateMapping:
    Type: AWS::ApiGateway::BasePathMappingV2
    Condition: HasPrivateDomain
    Properties:
      DomainNameArn: !GetAtt Private.DomainNameArn
      RestApiId: abc
Outputs:
  Login:
    Condition: HasAuthDomain
    Value: https://auth.acme.org/login
  GraphDomainStatus:
    Value: !If [HasGraphDomain, enabled, disabled]
  AuthDomainStatus:
    Value: !If [HasAuthDomain, enabled, disabled]
  PrivateDomainStatus:
    Value: !If [HasPrivateDomain, enabled, disabled]
""",
        json_differs=True,
    ),
    Case(
        "a domain of AppSync, in JSON",
        before="""\
{
  "Parameters": {"Certificate": {"Type": "String"}},
  "Resources": {
    "Domain": {
      "Type": "AWS::AppSync::DomainName",
      "Properties": {"DomainName": "graph.acme.org", "CertificateArn": {"Ref": "Certificate"}}
    },
    "Association": {
      "Type": "AWS::AppSync::DomainNameApiAssociation",
      "Properties": {"DomainName": {"Fn::GetAtt": ["Domain", "DomainName"]}, "ApiId": "a1b2"}
    }
  }
}
""",
        after="""\
{
  "Parameters": {"Certificate": {"Type": "String", "Default": "", "Description": "The custom domain is created only if Certificate is given. Its ACM certificate must be ISSUED, in us-east-1 (a domain of AppSync). To request one: aws acm request-certificate --domain-name graph.acme.org --validation-method DNS --region us-east-1"}},
  "Conditions": {
    "HasCustomDomain": {"Fn::Not": [{"Fn::Equals": [{"Ref": "Certificate"}, ""]}]}
  },
  "Resources": {
    "Domain": {
      "Type": "AWS::AppSync::DomainName",
      "Condition": "HasCustomDomain",
      "Properties": {"DomainName": "graph.acme.org", "CertificateArn": {"Ref": "Certificate"}}
    },
    "Association": {
      "Type": "AWS::AppSync::DomainNameApiAssociation",
      "Condition": "HasCustomDomain",
      "Properties": {"DomainName": {"Fn::GetAtt": ["Domain", "DomainName"]}, "ApiId": "a1b2"}
    }
  },
  "Outputs": {
    "CustomDomainStatus": {
      "Description": "Whether there is a custom domain (Domain)",
      "Value": {"Fn::If": ["HasCustomDomain", "enabled", "disabled"]}
    }
  }
}
""",
    ),
    Case(
        "SAM, a REST API with records",
        before="""\
Transform: AWS::Serverless-2016-10-31
Parameters:
  Certificate:
    Type: String
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      Domain: # ours
        DomainName: api.acme.org
        CertificateArn: !Ref Certificate
        BasePath: [/orders]
        Route53:
          HostedZoneId: Z1234
          IpV6: true
  Topic:
    Type: AWS::SNS::Topic
Outputs:
  Domain:
    Value: !Ref Api.DomainName
  Target:
    Value: !GetAtt Api.DomainName.RegionalDomainName
""",
        after="""\
Transform: AWS::Serverless-2016-10-31
Parameters:
  Certificate:
    Type: String
    Default: ""
Conditions:
  HasCustomDomain: !Not [!Equals [!Ref Certificate, ""]]
Resources:
  Api:
    Type: AWS::Serverless::Api
    Properties:
      StageName: prod
      # ours
  # The custom domain is created only if Certificate is given.
  # Its ACM certificate must be ISSUED, in the Region of this stack (regional endpoint).
  # To request one: aws acm request-certificate --domain-name api.acme.org --validation-method DNS
  ApiGatewayDomainNameb0e6ab27fc:
    Type: AWS::ApiGateway::DomainName
    Condition: HasCustomDomain
    Properties:
      DomainName: api.acme.org
      RegionalCertificateArn: !Ref Certificate
      EndpointConfiguration:
        Types:
          - REGIONAL
  ApiordersBasePathMapping:
    Type: AWS::ApiGateway::BasePathMapping
    Condition: HasCustomDomain
    Properties:
      DomainName: !Ref ApiGatewayDomainNameb0e6ab27fc
      RestApiId: !Ref Api
      Stage: !Ref Api.Stage
      BasePath: orders
  RecordSetGroup8ffa780623:
    Type: AWS::Route53::RecordSetGroup
    Condition: HasCustomDomain
    Properties:
      HostedZoneId: Z1234
      RecordSets:
        - Name: api.acme.org
          Type: A
          AliasTarget:
            HostedZoneId: !GetAtt ApiGatewayDomainNameb0e6ab27fc.RegionalHostedZoneId
            DNSName: !GetAtt ApiGatewayDomainNameb0e6ab27fc.RegionalDomainName
        - Name: api.acme.org
          Type: AAAA
          AliasTarget:
            HostedZoneId: !GetAtt ApiGatewayDomainNameb0e6ab27fc.RegionalHostedZoneId
            DNSName: !GetAtt ApiGatewayDomainNameb0e6ab27fc.RegionalDomainName
  Topic:
    Type: AWS::SNS::Topic
Outputs:
  Domain:
    Condition: HasCustomDomain
    Value: !Ref ApiGatewayDomainNameb0e6ab27fc
  Target:
    Condition: HasCustomDomain
    Value: !GetAtt ApiGatewayDomainNameb0e6ab27fc.RegionalDomainName
  CustomDomainStatus:
    Value: !If [HasCustomDomain, enabled, disabled]
""",
        json_differs=True,
    ),
    Case(
        "SAM, an HTTP API, with a name that is known at deployment",
        unsafe=True,
        before="""\
{
  "Transform": "AWS::Serverless-2016-10-31",
  "Parameters": {"Name": {"Type": "String"}, "Certificate": {"Type": "String"}},
  "Resources": {
    "Api": {
      "Type": "AWS::Serverless::HttpApi",
      "Properties": {
        "Domain": {"DomainName": {"Ref": "Name"}, "CertificateArn": {"Ref": "Certificate"}}
      }
    }
  }
}
""",
        after="""\
{
  "Transform": "AWS::Serverless-2016-10-31",
  "Parameters": {"Name": {"Type": "String"}, "Certificate": {"Type": "String", "Default": "", "Description": "The custom domain is created only if Certificate is given. Its ACM certificate must be ISSUED, in the Region of this stack (regional endpoint). To request one: aws acm request-certificate --domain-name DOMAIN --validation-method DNS"}},
  "Conditions": {
    "HasCustomDomain": {"Fn::Not": [{"Fn::Equals": [{"Ref": "Certificate"}, ""]}]}
  },
  "Resources": {
    "Api": {
      "Type": "AWS::Serverless::HttpApi",
      "Properties": {}
    },
    "ApiDomain": {
      "Type": "AWS::ApiGatewayV2::DomainName",
      "Condition": "HasCustomDomain",
      "Properties": {
        "DomainName": {"Ref": "Name"},
        "DomainNameConfigurations": [
          {
            "CertificateArn": {"Ref": "Certificate"},
            "EndpointType": "REGIONAL"
          }
        ],
        "Tags": {
          "httpapi:createdBy": "SAM"
        }
      }
    },
    "ApiApiMapping": {
      "Type": "AWS::ApiGatewayV2::ApiMapping",
      "Condition": "HasCustomDomain",
      "Properties": {
        "DomainName": {"Ref": "ApiDomain"},
        "ApiId": {"Ref": "Api"},
        "Stage": {"Ref": "Api.Stage"}
      }
    }
  },
  "Outputs": {
    "CustomDomainStatus": {
      "Description": "Whether there is a custom domain (ApiDomain)",
      "Value": {"Fn::If": ["HasCustomDomain", "enabled", "disabled"]}
    }
  }
}
""",
    ),
    Case(
        "imported certificate, conditional dependant",
        before="""\
Parameters:
  Stage:
    Type: String
Conditions:
  IsProduction: !Equals [!Ref Stage, production]
Resources:
  Domain:
    Type: AWS::ApiGatewayV2::DomainName
    Properties:
      DomainName: !Sub '${Stage}.acme.org'
      DomainNameConfigurations:
        - CertificateArn: !ImportValue certificate
  Mapping:
    Type: AWS::ApiGatewayV2::ApiMapping
    Condition: IsProduction
    Properties:
      DomainName: !Ref Domain
      ApiId: a1b2c3
      Stage: $default
""",
        after="""\
Parameters:
  Stage:
    Type: String
  EnableCustomDomain:
    Type: String
    Default: 'true'
    AllowedValues:
      - 'true'
      - 'false'
    Description: The custom domain is created only if EnableCustomDomain is true.
Conditions:
  IsProduction: !Equals [!Ref Stage, production]
  HasCustomDomain: !Equals [!Ref EnableCustomDomain, 'true']
  IsProductionAndHasCustomDomain: !And [!Condition IsProduction, !Condition HasCustomDomain]
Resources:
  # The custom domain is created only if EnableCustomDomain is true.
  # Its ACM certificate must be ISSUED, in the Region of this stack (regional endpoint).
  # To request one: aws acm request-certificate --domain-name DOMAIN --validation-method DNS
  Domain:
    Type: AWS::ApiGatewayV2::DomainName
    Condition: HasCustomDomain
    Properties:
      DomainName: !Sub '${Stage}.acme.org'
      DomainNameConfigurations:
        - CertificateArn: !ImportValue certificate
  Mapping:
    Type: AWS::ApiGatewayV2::ApiMapping
    Condition: IsProductionAndHasCustomDomain
    Properties:
      DomainName: !Ref Domain
      ApiId: a1b2c3
      Stage: $default
Outputs:
  CustomDomainStatus:
    Description: Whether there is a custom domain (Domain)
    Value: !If [HasCustomDomain, enabled, disabled]
""",
        json_differs=True,
    ),
    Case(
        "placeholder as default, minimum length",
        before="""\
Parameters:
  Cert:
    Type: String
    MinLength: 20
    Default: arn:aws:acm:us-east-1:123456789012:certificate/abc
Resources:
  Domain:
    Type: AWS::ApiGatewayV2::DomainName
    Properties:
      DomainName: api.acme.org
      DomainNameConfigurations:
        - CertificateArn: !Ref Cert
""",
        after="""\
Parameters:
  Cert:
    Type: String
    MinLength: 0
    Default: ""
    AllowedPattern: ^$|.{20,}
Conditions:
  HasCustomDomain: !Not [!Equals [!Ref Cert, ""]]
Resources:
  # The custom domain is created only if Cert is given.
  # Its ACM certificate must be ISSUED, in the Region of this stack (regional endpoint).
  # To request one: aws acm request-certificate --domain-name api.acme.org --validation-method DNS
  Domain:
    Type: AWS::ApiGatewayV2::DomainName
    Condition: HasCustomDomain
    Properties:
      DomainName: api.acme.org
      DomainNameConfigurations:
        - CertificateArn: !Ref Cert
Outputs:
  CustomDomainStatus:
    Description: Whether there is a custom domain (Domain)
    Value: !If [HasCustomDomain, enabled, disabled]
""",
        json_differs=True,
    ),
    Case(
        "literal certificate and values that mention the domain",
        before="""\
Resources:
  Domain:
    Type: AWS::ApiGateway::DomainName
    Properties:
      DomainName: api.acme.org
      RegionalCertificateArn: arn:aws:acm:eu-west-1:210987654321:certificate/0f6ac2b4-1b1c-4f54-9d6e-7f2f2b6f0c11
      EndpointConfiguration:
        Types: [REGIONAL]
  Function:
    Type: AWS::Lambda::Function
    DependsOn: [Role, Domain]
    Properties:
      Code: {ZipFile: ''}
      Role: !GetAtt Role.Arn
      Environment:
        Variables:
          HOST: !Ref Domain
          URL: !Sub https://${Domain}/orders
          TARGET: !If [Direct, !GetAtt Domain.RegionalDomainName, none]
  Role:
    Type: AWS::IAM::Role
    DependsOn: Domain
    Properties:
      AssumeRolePolicyDocument: {}
Conditions:
  Direct: !Equals [!Ref AWS::Region, eu-west-1]
""",
        after="""\
Resources:
  # The custom domain is created only if CertificateArn is given.
  # Its ACM certificate must be ISSUED, in the Region of this stack (regional endpoint).
  # To request one: aws acm request-certificate --domain-name api.acme.org --validation-method DNS
  Domain:
    Type: AWS::ApiGateway::DomainName
    Condition: HasCustomDomain
    Properties:
      DomainName: api.acme.org
      RegionalCertificateArn: !Ref CertificateArn
      EndpointConfiguration:
        Types: [REGIONAL]
  Function:
    Type: AWS::Lambda::Function
    DependsOn: [Role]
    Properties:
      Code: {ZipFile: ''}
      Role: !GetAtt Role.Arn
      Environment:
        Variables:
          HOST: !If [HasCustomDomain, !Ref Domain, !Ref AWS::NoValue]
          URL: !If
            - HasCustomDomain
            - !Sub https://${Domain}/orders
            - !Ref AWS::NoValue
          TARGET: !If [DirectAndHasCustomDomain, !GetAtt Domain.RegionalDomainName, none]
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: {}
    Metadata:
      DependsOn:
        - !If [HasCustomDomain, !Ref Domain, !Ref AWS::NoValue]
Outputs:
  CustomDomainStatus:
    Description: Whether there is a custom domain (Domain)
    Value: !If [HasCustomDomain, enabled, disabled]
Parameters:
  CertificateArn:
    Type: String
    Default: arn:aws:acm:eu-west-1:210987654321:certificate/0f6ac2b4-1b1c-4f54-9d6e-7f2f2b6f0c11
    Description: The custom domain is created only if CertificateArn is given.
Conditions:
  Direct: !Equals [!Ref AWS::Region, eu-west-1]
  HasCustomDomain: !Not [!Equals [!Ref CertificateArn, ""]]
  DirectAndHasCustomDomain: !And [!Condition Direct, !Condition HasCustomDomain]
""",
        json_differs=True,
    ),
    Case(
        "certificate of the template itself",
        before="""\
Parameters:
  DomainName:
    Type: String
Resources:
  Certificate:
    Type: AWS::CertificateManager::Certificate
    Properties:
      DomainName: !Ref DomainName
      ValidationMethod: DNS
  Domain:
    Type: AWS::ApiGatewayV2::DomainName
    Properties:
      DomainName: !Ref DomainName
      DomainNameConfigurations:
        - CertificateArn: !Ref Certificate
  Mapping:
    Type: AWS::ApiGatewayV2::ApiMapping
    Properties:
      DomainName: !Ref DomainName
      ApiId: a1b2c3
      Stage: $default
""",
        after="""\
Parameters:
  DomainName:
    Type: String
    Default: ""
Conditions:
  HasCustomDomain: !Not [!Equals [!Ref DomainName, ""]]
Resources:
  Certificate:
    Type: AWS::CertificateManager::Certificate
    Condition: HasCustomDomain
    Properties:
      DomainName: !Ref DomainName
      ValidationMethod: DNS
  # The custom domain is created only if DomainName is given.
  # Its ACM certificate must be ISSUED, in the Region of this stack (regional endpoint).
  # The stack requests Certificate and waits for its validation, by the CNAME record that ACM shows, which somebody has to make.
  Domain:
    Type: AWS::ApiGatewayV2::DomainName
    Condition: HasCustomDomain
    Properties:
      DomainName: !Ref DomainName
      DomainNameConfigurations:
        - CertificateArn: !Ref Certificate
  Mapping:
    Type: AWS::ApiGatewayV2::ApiMapping
    Condition: HasCustomDomain
    Properties:
      DomainName: !Ref DomainName
      ApiId: a1b2c3
      Stage: $default
Outputs:
  CustomDomainStatus:
    Description: Whether there is a custom domain (Domain)
    Value: !If [HasCustomDomain, enabled, disabled]
""",
        json_differs=True,
    ),
    Case(
        "certificate of the template that others need",
        before="""\
Resources:
  Certificate:
    Type: AWS::CertificateManager::Certificate
    Properties:
      DomainName: '*.acme.org'
  Domain:
    Type: AWS::ApiGateway::DomainName
    Properties:
      DomainName: api.acme.org
      CertificateArn: !Ref Certificate
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        ViewerCertificate:
          AcmCertificateArn: !Ref Certificate
          SslSupportMethod: sni-only
        DefaultCacheBehavior:
          TargetOriginId: site
          ViewerProtocolPolicy: https-only
          CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6
        Origins:
          - Id: site
            DomainName: www.acme.org
            CustomOriginConfig: {OriginProtocolPolicy: https-only}
""",
        after="""\
Parameters:
  EnableCustomDomain:
    Type: String
    Default: 'true'
    AllowedValues:
      - 'true'
      - 'false'
    Description: The custom domain is created only if EnableCustomDomain is true.
Conditions:
  HasCustomDomain: !Equals [!Ref EnableCustomDomain, 'true']
Resources:
  Certificate:
    Type: AWS::CertificateManager::Certificate
    Properties:
      DomainName: '*.acme.org'
  # The custom domain is created only if EnableCustomDomain is true.
  # Its ACM certificate must be ISSUED, in us-east-1 (edge-optimized endpoint).
  # The stack requests Certificate and waits for its validation, by a mail to the owner of the domain.
  Domain:
    Type: AWS::ApiGateway::DomainName
    Condition: HasCustomDomain
    Properties:
      DomainName: api.acme.org
      CertificateArn: !Ref Certificate
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        ViewerCertificate:
          AcmCertificateArn: !Ref Certificate
          SslSupportMethod: sni-only
        DefaultCacheBehavior:
          TargetOriginId: site
          ViewerProtocolPolicy: https-only
          CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6
        Origins:
          - Id: site
            DomainName: www.acme.org
            CustomOriginConfig: {OriginProtocolPolicy: https-only}
Outputs:
  CustomDomainStatus:
    Description: Whether there is a custom domain (Domain)
    Value: !If [HasCustomDomain, enabled, disabled]
""",
        json_differs=True,
    ),
    Case(
        "typed parameter, two domains with one certificate",
        before="""\
Parameters:
  Certificate:
    Type: AWS::SSM::Parameter::Value<String>
    Default: /certificates/acme
Resources:
  Api:
    Type: AWS::ApiGatewayV2::DomainName
    Properties:
      DomainName: api.acme.org
      DomainNameConfigurations:
        - CertificateArn: !Ref Certificate
  Web:
    Type: AWS::ApiGatewayV2::DomainName
    Properties:
      DomainName: web.acme.org
      DomainNameConfigurations:
        - CertificateArn: !Ref Certificate
""",
        after="""\
Parameters:
  Certificate:
    Type: AWS::SSM::Parameter::Value<String>
    Default: /certificates/acme
  EnableCustomDomain:
    Type: String
    Default: "true"
    AllowedValues:
      - "true"
      - "false"
    Description: The custom domain is created only if EnableCustomDomain is true.
Conditions:
  HasCustomDomain: !Equals [!Ref EnableCustomDomain, "true"]
Resources:
  # The custom domain is created only if EnableCustomDomain is true.
  # Its ACM certificate must be ISSUED, in the Region of this stack (regional endpoint).
  # To request one: aws acm request-certificate --domain-name api.acme.org --validation-method DNS
  Api:
    Type: AWS::ApiGatewayV2::DomainName
    Condition: HasCustomDomain
    Properties:
      DomainName: api.acme.org
      DomainNameConfigurations:
        - CertificateArn: !Ref Certificate
  # The custom domain is created only if EnableCustomDomain is true.
  # Its ACM certificate must be ISSUED, in the Region of this stack (regional endpoint).
  # To request one: aws acm request-certificate --domain-name web.acme.org --validation-method DNS
  Web:
    Type: AWS::ApiGatewayV2::DomainName
    Condition: HasCustomDomain
    Properties:
      DomainName: web.acme.org
      DomainNameConfigurations:
        - CertificateArn: !Ref Certificate
Outputs:
  CustomDomainStatus:
    Description: Whether there is a custom domain (Api, Web)
    Value: !If [HasCustomDomain, enabled, disabled]
""",
        json_differs=True,
    ),
    Case(
        "parameter that others need",
        before="""\
Parameters:
  Certificate:
    Type: String
Resources:
  Domain:
    Type: AWS::ApiGateway::DomainName
    Properties:
      DomainName: api.acme.org
      CertificateArn: !Ref Certificate
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !ImportValue balancer
      Protocol: HTTPS
      Port: 443
      Certificates:
        - CertificateArn: !Ref Certificate
      DefaultActions:
        - Type: fixed-response
          FixedResponseConfig: {StatusCode: '404'}
""",
        after="""\
Parameters:
  Certificate:
    Type: String
  EnableCustomDomain:
    Type: String
    Default: 'true'
    AllowedValues:
      - 'true'
      - 'false'
    Description: The custom domain is created only if EnableCustomDomain is true.
Conditions:
  HasCustomDomain: !Equals [!Ref EnableCustomDomain, 'true']
Resources:
  # The custom domain is created only if EnableCustomDomain is true.
  # Its ACM certificate must be ISSUED, in us-east-1 (edge-optimized endpoint).
  # To request one: aws acm request-certificate --domain-name api.acme.org --validation-method DNS --region us-east-1
  Domain:
    Type: AWS::ApiGateway::DomainName
    Condition: HasCustomDomain
    Properties:
      DomainName: api.acme.org
      CertificateArn: !Ref Certificate
  Listener:
    Type: AWS::ElasticLoadBalancingV2::Listener
    Properties:
      LoadBalancerArn: !ImportValue balancer
      Protocol: HTTPS
      Port: 443
      Certificates:
        - CertificateArn: !Ref Certificate
      DefaultActions:
        - Type: fixed-response
          FixedResponseConfig: {StatusCode: '404'}
Outputs:
  CustomDomainStatus:
    Description: Whether there is a custom domain (Domain)
    Value: !If [HasCustomDomain, enabled, disabled]
""",
        json_differs=True,
    ),
    Case(
        "two certificates",
        before="""\
Parameters:
  ApiCertificate:
    Type: String
  WebCertificate:
    Type: String
    Default: ''
Conditions:
  HasWeb: !Not [!Equals ['', !Ref WebCertificate]]
Resources:
  Api:
    Type: AWS::ApiGateway::DomainName
    Properties:
      DomainName: api.acme.org
      CertificateArn: !Ref ApiCertificate
  Web:
    Type: AWS::ApiGateway::DomainName
    Properties:
      DomainName: web.acme.org
      CertificateArn: !Ref WebCertificate
Outputs:
  Targets:
    Value: !Join [',', [!GetAtt Api.DistributionDomainName, !GetAtt Web.DistributionDomainName]]
""",
        after="""\
Parameters:
  ApiCertificate:
    Type: String
    Default: ''
  WebCertificate:
    Type: String
    Default: ''
Conditions:
  HasWeb: !Not [!Equals ['', !Ref WebCertificate]]
  HasApiDomain: !Not [!Equals [!Ref ApiCertificate, '']]
  HasApiDomainAndHasWeb: !And [!Condition HasApiDomain, !Condition HasWeb]
Resources:
  # The custom domain is created only if ApiCertificate is given.
  # Its ACM certificate must be ISSUED, in us-east-1 (edge-optimized endpoint).
  # To request one: aws acm request-certificate --domain-name api.acme.org --validation-method DNS --region us-east-1
  Api:
    Type: AWS::ApiGateway::DomainName
    Condition: HasApiDomain
    Properties:
      DomainName: api.acme.org
      CertificateArn: !Ref ApiCertificate
  # The custom domain is created only if WebCertificate is given.
  # Its ACM certificate must be ISSUED, in us-east-1 (edge-optimized endpoint).
  # To request one: aws acm request-certificate --domain-name web.acme.org --validation-method DNS --region us-east-1
  Web:
    Type: AWS::ApiGateway::DomainName
    Condition: HasWeb
    Properties:
      DomainName: web.acme.org
      CertificateArn: !Ref WebCertificate
Outputs:
  Targets:
    Condition: HasApiDomainAndHasWeb
    Value: !Join [',', [!GetAtt Api.DistributionDomainName, !GetAtt Web.DistributionDomainName]]
  ApiDomainStatus:
    Value: !If [HasApiDomain, enabled, disabled]
  WebDomainStatus:
    Value: !If [HasWeb, enabled, disabled]
""",
        json_differs=True,
    ),
    Case(
        "JSON, a placeholder and a record set group",
        before="""\
{
  "Resources": {
    "Domain": {
      "Type": "AWS::ApiGateway::DomainName",
      "Properties": {
        "DomainName": "api.acme.org",
        "CertificateArn": {"Fn::Sub": "arn:aws:acm:us-east-1:${AWS::AccountId}:certificate/YOUR-CERTIFICATE-ID"}
      }
    },
    "Records": {
      "Type": "AWS::Route53::RecordSetGroup",
      "Properties": {
        "HostedZoneName": "acme.org.",
        "RecordSets": [
          {"Name": "www.acme.org", "Type": "CNAME", "TTL": "60", "ResourceRecords": ["acme.org"]},
          {
            "Name": "api.acme.org",
            "Type": "CNAME",
            "TTL": "60",
            "ResourceRecords": [{"Fn::GetAtt": ["Domain", "DistributionDomainName"]}]
          }
        ]
      }
    }
  }
}
""",
        after="""\
{
  "Parameters": {
    "CertificateArn": {
      "Type": "String",
      "Default": "",
      "Description": "The custom domain is created only if CertificateArn is given. Its ACM certificate must be ISSUED, in us-east-1 (edge-optimized endpoint). To request one: aws acm request-certificate --domain-name api.acme.org --validation-method DNS --region us-east-1"
    }
  },
  "Conditions": {
    "HasCustomDomain": {"Fn::Not": [{"Fn::Equals": [{"Ref": "CertificateArn"}, ""]}]}
  },
  "Resources": {
    "Domain": {
      "Type": "AWS::ApiGateway::DomainName",
      "Condition": "HasCustomDomain",
      "Properties": {
        "DomainName": "api.acme.org",
        "CertificateArn": {"Ref": "CertificateArn"}
      }
    },
    "Records": {
      "Type": "AWS::Route53::RecordSetGroup",
      "Properties": {
        "HostedZoneName": "acme.org.",
        "RecordSets": [
          {"Name": "www.acme.org", "Type": "CNAME", "TTL": "60", "ResourceRecords": ["acme.org"]},
          {
            "Fn::If": [
              "HasCustomDomain",
              {
                "Name": "api.acme.org",
                "Type": "CNAME",
                "TTL": "60",
                "ResourceRecords": [{"Fn::GetAtt": ["Domain", "DistributionDomainName"]}]
              },
              {"Ref": "AWS::NoValue"}
            ]
          }
        ]
      }
    }
  },
  "Outputs": {
    "CustomDomainStatus": {
      "Description": "Whether there is a custom domain (Domain)",
      "Value": {"Fn::If": ["HasCustomDomain", "enabled", "disabled"]}
    }
  }
}
""",
    ),
)
