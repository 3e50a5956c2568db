package io.durablesaga.dispatcher.lambda;

import static io.durablesaga.dispatcher.lambda.Invocation.json;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.EnumMap;
import java.util.Map;

/** Events of one record or of several, as the services' guides show them. */
final class Events {
    static final String STREAM = "arn:aws:kinesis:eu-west-1:123456789012:stream/orders";
    static final String TABLE_STREAM =
            "arn:aws:dynamodb:eu-west-1:123456789012:table/Orders/stream/2026-01-01T00:00:00.000";
    static final String CLUSTER =
            "arn:aws:kafka:eu-west-1:123456789012:cluster/vpc/751d2973-a626-431c-9d4e-d7975eb44dd7-2";
    static final String TOPIC = "arn:aws:sns:eu-west-1:123456789012:orders";

    private Events() {}

    static String records(String... records) {
        return "{\"Records\":[" + String.join(",", records) + "]}";
    }

    static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(UTF_8));
    }

    static String kinesis(String shard, String key, String number, String data) {
        return json("""
                {'kinesis':{'kinesisSchemaVersion':'1.0','partitionKey':'%s','sequenceNumber':'%s','data':'%s',
                   'approximateArrivalTimestamp':1545084650.987},
                 'eventSource':'aws:kinesis','eventVersion':'1.0','eventID':'%s:%s','eventName':'aws:kinesis:record',
                 'invokeIdentityArn':'arn:aws:iam::123456789012:role/lambda-role','awsRegion':'eu-west-1',
                 'eventSourceARN':'%s'}
                """.formatted(key, number, data, shard, number, STREAM));
    }

    static String dynamoDb(String number, String keys, String newImage) {
        return json("""
                {'eventID':'c4ca4238a0b923820dcc509a6f75849b','eventName':'MODIFY','eventVersion':'1.1',
                 'eventSource':'aws:dynamodb','awsRegion':'eu-west-1',
                 'dynamodb':{'ApproximateCreationDateTime':1428537600,'Keys':%s,'NewImage':%s,
                   'SequenceNumber':'%s','SizeBytes':26,'StreamViewType':'NEW_AND_OLD_IMAGES'},
                 'eventSourceARN':'%s'}
                """.formatted(keys, newImage, number, TABLE_STREAM));
    }

    static String kafka(String partition, String... records) {
        return json("{'eventSource':'aws:kafka','eventSourceArn':'%s','bootstrapServers':'b-2.demo:9092,b-1.demo:9092',"
                        .formatted(CLUSTER))
                + "\"records\":{\"" + partition + "\":[" + String.join(",", records) + "]}}";
    }

    static String kafkaRecord(long offset, String key, String value) {
        return json("""
                {'topic':'orders','partition':0,'offset':%d,'timestamp':1545084650987,'timestampType':'CREATE_TIME',
                 'key':%s,'value':%s,'headers':[{'tenant':[97,99,109,101]},{'trace':[-61,-87]},{'binary':[-1,-2]}]}
                """.formatted(offset, key, value));
    }

    static String eventBridge(String detail) {
        return json("""
                {'version':'0','id':'cdc73f9d-aea9-11e3-9d5a-835b769c0d9c','detail-type':'Order Placed',
                 'source':'shop.orders','account':'123456789012','time':'2026-01-01T00:00:00Z','region':'eu-west-1',
                 'resources':['arn:aws:events:eu-west-1:123456789012:rule/orders'],'detail':DETAIL}
                """).replace("DETAIL", detail);
    }

    static String sns(String id, String message) {
        return json("""
                {'EventVersion':'1.0','EventSubscriptionArn':'TOPIC:21be56ed','EventSource':'aws:sns',
                 'Sns':{'SignatureVersion':'1','Timestamp':'2026-01-02T12:45:07.000Z','Signature':'tcc6faL2yUC6d','Type':
                   'Notification','SigningCertURL':'https://sns.eu-west-1.amazonaws.com/cert.pem','MessageId':'ID',
                   'Message':MESSAGE,'UnsubscribeURL':'https://sns.eu-west-1.amazonaws.com/','TopicArn':'TOPIC',
                   'MessageAttributes':{'tenant':{'Type':'String','Value':'acme'},'photo':{'Type':'Binary','Value':'AAEC'}},
                   'Subject':'An order'}}
                """).replace("TOPIC", TOPIC).replace("ID", id).replace("MESSAGE", message);
    }

    static String s3(String key) {
        return json("""
                {'eventVersion':'2.1','eventSource':'aws:s3','awsRegion':'eu-west-1','eventTime':'2026-01-01T00:00:00.000Z',
                 'eventName':'ObjectCreated:Put','userIdentity':{'principalId':'AWS:AIDA'},
                 'requestParameters':{'sourceIPAddress':'205.255.255.255'},
                 'responseElements':{'x-amz-request-id':'D82B88E5F771F645','x-amz-id-2':'vlR7PnpV2Ce81l0PRw6j'},
                 's3':{'s3SchemaVersion':'1.0','configurationId':'828aa6fc-f7b5-4305-8584-487c791949c1',
                   'bucket':{'name':'orders','ownerIdentity':{'principalId':'A3I5XTEXAMAI3E'},'arn':'arn:aws:s3:::orders'},
                   'object':{'key':'%s','size':1305107,'eTag':'b21b84d653bb07b05b1e6b33684dc11b','sequencer':'0C0F6F405D6ED209E1'}}}
                """.formatted(key));
    }

    static String sqs(String id, String body) {
        return json("""
                {'messageId':'ID','receiptHandle':'AQEB','body':BODY,
                 'attributes':{'ApproximateReceiveCount':'1','SentTimestamp':'1545082649183',
                   'SenderId':'AIDAIENQZJOLO23YVJ4VO','ApproximateFirstReceiveTimestamp':'1545082649185'},
                 'messageAttributes':{
                   'tenant':{'stringValue':'acme','stringListValues':[],'binaryListValues':[],'dataType':'String'}},
                 'md5OfBody':'e4e68fb7bd0e697a0ae8f1bb342846b3','eventSource':'aws:sqs',
                 'eventSourceARN':'arn:aws:sqs:eu-west-1:123456789012:orders','awsRegion':'eu-west-1'}
                """).replace("\"ID\"", '"' + id + '"').replace("BODY", body);
    }

    /** One event of each kind, of one record each that any body form can read. */
    static Map<EventKind, String> ofEach() {
        Map<EventKind, String> events = new EnumMap<>(EventKind.class);
        events.put(EventKind.SQS, records(sqs("059f36b4-87a3-44ab-83d2-661975830a7d", "\"[1]\"")));
        events.put(
                EventKind.KINESIS,
                records(kinesis(
                        "shardId-000000000006",
                        "k",
                        "49545115243490985018280067714973144582180062593244200961",
                        base64("{\"b\":1.50,\"a\":\"é\"}"))));
        events.put(
                EventKind.DYNAMODB,
                records(dynamoDb(
                        "4421584500000000017450439091",
                        "{'Id':{'N':'101'}}",
                        "{'Id':{'N':'101'},'Total':{'N':'12.50'}}")));
        events.put(
                EventKind.KAFKA,
                kafka("orders-0", kafkaRecord(15, "'cmVjb3JkS2V5'", "'" + base64("{\"b\":1,\"a\":1e400}") + "'")));
        events.put(EventKind.EVENTBRIDGE, eventBridge("{\"b\":1.500,\"a\":{\"z\":1E+2,\"y\":[\"\\ud83d\\ude00\"]}}"));
        events.put(
                EventKind.SNS,
                records(sns("95df01b4-ee98-5cb9-9903-4c221d41eb5e", "\"{\\\"b\\\":1,\\\"a\\\":\\\"\\\\u0000\\\"}\"")));
        events.put(EventKind.S3, records(s3("HappyFace+1%C3%A9.jpg")));
        return events;
    }
}
