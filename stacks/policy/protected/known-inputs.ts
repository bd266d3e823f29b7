/** The inputs that resources of protected stages may have, by type: `npm run rehearse` refuses others by name. */

interface KnownInputs {
  /** Rules say what is right of each. */
  readonly judged?: string;
  /** Of these no value gives access, lets data or code of others in or out, or takes a control away. */
  readonly harmless?: string;
}

/** By type. */
export const knownInputs: Readonly<Record<string, KnownInputs>> = {
  "aws:apigateway/account:Account": { harmless: "cloudwatchRoleArn" },
  "aws:apigateway/apiKey:ApiKey": { harmless: "name description tags enabled" },
  "aws:apigateway/authorizer:Authorizer": {
    judged: `type providerArns identitySource identityValidationExpression
      authorizerResultTtlInSeconds`,
    harmless: "name restApi",
  },
  "aws:apigateway/deployment:Deployment": { harmless: "restApi description triggers" },
  "aws:apigateway/integration:Integration": {
    judged: "type uri timeoutMilliseconds",
    // A proxy has no templates (documented: APIGW/set-up-lambda-proxy-integrations).
    harmless: "restApi resourceId httpMethod integrationHttpMethod requestTemplates",
  },
  "aws:apigateway/integrationResponse:IntegrationResponse": {
    judged: "statusCode responseParameters",
    harmless: "restApi resourceId httpMethod",
  },
  "aws:apigateway/method:Method": {
    judged: "httpMethod authorization authorizerId requestModels requestValidatorId",
    harmless: "restApi resourceId apiKeyRequired operationName requestParameters",
  },
  "aws:apigateway/methodResponse:MethodResponse": {
    harmless: "restApi resourceId httpMethod statusCode responseModels responseParameters",
  },
  "aws:apigateway/methodSettings:MethodSettings": {
    judged: "restApi stageName methodPath settings",
  },
  "aws:apigateway/model:Model": {
    judged: "restApi name schema",
    harmless: "contentType description",
  },
  "aws:apigateway/requestValidator:RequestValidator": {
    judged: "validateRequestBody validateRequestParameters",
    harmless: "restApi name",
  },
  "aws:apigateway/resource:Resource": { harmless: "restApi parentId pathPart" },
  "aws:apigateway/response:Response": {
    judged: "restApiId responseType statusCode responseParameters responseTemplates",
  },
  "aws:apigateway/restApi:RestApi": {
    judged: `policy body endpointConfiguration endpointAccessMode securityPolicy
      binaryMediaTypes minimumCompressionSize`,
    harmless: "name description tags",
  },
  "aws:apigateway/stage:Stage": {
    judged: `restApi stageName deployment accessLogSettings xrayTracingEnabled
      variables canarySettings`,
    harmless: "description tags",
  },
  "aws:apigateway/usagePlan:UsagePlan": {
    harmless: "name description tags apiStages quotaSettings throttleSettings",
  },
  "aws:apigateway/usagePlanKey:UsagePlanKey": { harmless: "keyId keyType usagePlanId" },
  "aws:cloudwatch/dashboard:Dashboard": { judged: "dashboardBody", harmless: "dashboardName" },
  "aws:cloudwatch/logGroup:LogGroup": {
    judged: "name kmsKeyId logGroupClass retentionInDays",
    harmless: "tags deletionProtectionEnabled skipDestroy",
  },
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": {
    judged: "policyDocument",
    harmless: "policyName",
  },
  "aws:cloudwatch/metricAlarm:MetricAlarm": {
    judged: `actionsEnabled alarmActions okActions insufficientDataActions namespace metricName
      dimensions unit period statistic extendedStatistic evaluateLowSampleCountPercentiles
      metricQueries comparisonOperator threshold evaluationPeriods treatMissingData`,
    // More data points than periods, AWS does not take.
    harmless: "name alarmDescription tags datapointsToAlarm",
  },
  "aws:cognito/logDeliveryConfiguration:LogDeliveryConfiguration": {
    judged: "userPoolId logConfigurations",
  },
  "aws:cognito/riskConfiguration:RiskConfiguration": {
    judged: `userPoolId clientId accountTakeoverRiskConfiguration
      compromisedCredentialsRiskConfiguration riskExceptionConfiguration`,
  },
  "aws:cognito/userPool:UserPool": {
    judged: `deletionProtection userPoolTier userPoolAddOns adminCreateUserConfig passwordPolicy
      mfaConfiguration softwareTokenMfaConfiguration deviceConfiguration smsConfiguration
      emailMfaConfiguration accountRecoverySetting autoVerifiedAttributes usernameConfiguration
      userAttributeUpdateSettings lambdaConfig emailConfiguration emailVerificationMessage
      verificationMessageTemplate`,
    harmless: "name tags schemas usernameAttributes emailVerificationSubject",
  },
  "aws:cognito/userPoolClient:UserPoolClient": {
    judged: `userPoolId preventUserExistenceErrors explicitAuthFlows supportedIdentityProviders
      enableTokenRevocation idTokenValidity accessTokenValidity refreshTokenValidity
      tokenValidityUnits refreshTokenRotation readAttributes writeAttributes allowedOauthFlows
      allowedOauthScopes callbackUrls logoutUrls analyticsConfiguration
      enablePropagateAdditionalUserContextData`,
    // A default is one of the call-back addresses.
    harmless: `name generateSecret authSessionValidity allowedOauthFlowsUserPoolClient
      defaultRedirectUri`,
  },
  "aws:cognito/userPoolDomain:UserPoolDomain": {
    harmless: "domain userPoolId managedLoginVersion",
  },
  "aws:iam/role:Role": {
    judged: "assumeRolePolicy inlinePolicies managedPolicyArns",
    // A boundary only takes permissions away.
    harmless: "name path description tags permissionsBoundary maxSessionDuration",
  },
  "aws:iam/rolePolicyAttachment:RolePolicyAttachment": { judged: "policyArn role" },
  "aws:kms/alias:Alias": { harmless: "name targetKeyId" },
  "aws:kms/key:Key": {
    judged: `policy isEnabled multiRegion deletionWindowInDays enableKeyRotation
      rotationPeriodInDays bypassPolicyLockoutSafetyCheck customKeyStoreId xksKeyId`,
    harmless: "description tags",
  },
  "aws:lambda/function:Function": {
    judged: `role runtime architectures s3Bucket s3Key imageUri layers fileSystemConfig environment
      memorySize timeout reservedConcurrentExecutions loggingConfig tracingConfig deadLetterConfig
      kmsKeyArn sourceKmsKeyArn
      environment.variables.CORS_ORIGIN environment.variables.SST_KEY
      environment.variables.SST_KEY_FILE environment.variables.SST_RESOURCE_App
      environment.variables.TOPIC_SECRET_ID environment.variables.USER_POOLS`,
    harmless: "name description tags handler packageType publish ephemeralStorage",
  },
  "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig": {
    judged: "functionName qualifier destinationConfig",
    harmless: "maximumEventAgeInSeconds maximumRetryAttempts",
  },
  "aws:lambda/functionUrl:FunctionUrl": { judged: "functionName authorizationType" },
  "aws:lambda/permission:Permission": {
    judged: "action principal sourceAccount sourceArn",
    harmless: "function statementId",
  },
  "aws:s3/bucketObjectv2:BucketObjectv2": { judged: "acl bucket key source" },
  "aws:secretsmanager/secret:Secret": {
    judged: "kmsKeyId policy recoveryWindowInDays replicas",
    harmless: "name description tags",
  },
  "aws:secretsmanager/secretPolicy:SecretPolicy": { judged: "secretArn policy blockPublicPolicy" },
  // What a function does with it, its grants bound.
  "aws:secretsmanager/secretVersion:SecretVersion": { harmless: "secretId secretString" },
  "aws:sns/topic:Topic": {
    judged: `kmsMasterKeyId lambdaFailureFeedbackRoleArn lambdaSuccessFeedbackRoleArn
      lambdaSuccessFeedbackSampleRate`,
    harmless: "name displayName tags fifoTopic tracingConfig",
  },
  "aws:sns/topicPolicy:TopicPolicy": { judged: "arn policy" },
  "aws:sns/topicSubscription:TopicSubscription": {
    judged: "topic protocol endpoint redrivePolicy",
  },
  "aws:sqs/queue:Queue": {
    judged: "name kmsMasterKeyId sqsManagedSseEnabled messageRetentionSeconds redrivePolicy",
    harmless: `tags delaySeconds receiveWaitTimeSeconds visibilityTimeoutSeconds redriveAllowPolicy
      fifoQueue contentBasedDeduplication`,
  },
  "aws:sqs/queuePolicy:QueuePolicy": { judged: "queueUrl policy" },
  "aws:wafv2/ipSet:IpSet": { harmless: "name description tags scope ipAddressVersion addresses" },
  "aws:wafv2/webAcl:WebAcl": {
    judged: "rules dataProtectionConfig visibilityConfig",
    harmless: "name description tags scope defaultAction",
  },
  "aws:wafv2/webAclAssociation:WebAclAssociation": { judged: "resourceArn webAclArn" },
  "aws:wafv2/webAclLoggingConfiguration:WebAclLoggingConfiguration": {
    judged: "resourceArn logDestinationConfigs redactedFields loggingFilter",
  },
  // Others can lead to another account or host: a profile, a role to assume, an endpoint.
  "pulumi:providers:aws": { judged: "region defaultTags", harmless: "version allowedAccountIds" },
  "random:index/randomBytes:RandomBytes": { harmless: "length" },
};
