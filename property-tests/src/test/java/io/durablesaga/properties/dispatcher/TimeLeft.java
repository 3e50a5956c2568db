package io.durablesaga.properties.dispatcher;

import com.amazonaws.services.lambda.runtime.ClientContext;
import com.amazonaws.services.lambda.runtime.CognitoIdentity;
import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.LambdaLogger;

/** An invocation of which nothing is known but how long it may still take. */
final class TimeLeft implements Context {
    private final long end;

    TimeLeft(int millis) {
        end = System.nanoTime() + millis * 1_000_000L;
    }

    @Override
    public int getRemainingTimeInMillis() {
        return (int) Math.max(1, (end - System.nanoTime()) / 1_000_000);
    }

    private static UnsupportedOperationException unknown() {
        return new UnsupportedOperationException("nobody is to ask");
    }

    @Override
    public String getAwsRequestId() {
        throw unknown();
    }

    @Override
    public String getLogGroupName() {
        throw unknown();
    }

    @Override
    public String getLogStreamName() {
        throw unknown();
    }

    @Override
    public String getFunctionName() {
        throw unknown();
    }

    @Override
    public String getFunctionVersion() {
        throw unknown();
    }

    @Override
    public String getInvokedFunctionArn() {
        throw unknown();
    }

    @Override
    public CognitoIdentity getIdentity() {
        throw unknown();
    }

    @Override
    public ClientContext getClientContext() {
        throw unknown();
    }

    @Override
    public int getMemoryLimitInMB() {
        throw unknown();
    }

    @Override
    public LambdaLogger getLogger() {
        throw unknown();
    }
}
