package io.durablesaga.lambda.scenario;

import io.durablesaga.lambda.byhand.Services;

/** The services of a purchase, which sends its parcel or, being told so, does not. */
public record Shop(World world, boolean closed) implements Services {
    static final String PURCHASE = "{\"item\":\"books\",\"cents\":4200,\"card\":\"visa\"}";

    @Override
    public String reserve(String item, String key) {
        return done("reserve");
    }

    @Override
    public void release(String reserveKey, String key) {
        done("undo:reserve");
    }

    @Override
    public String charge(String card, long cents, String key) {
        return done("charge");
    }

    @Override
    public void refund(String chargeKey, String key) {
        done("undo:charge");
    }

    @Override
    public String ship(String reservation, String key) {
        String tracking = done("ship");
        if (closed) {
            throw new Declined("closed");
        }
        return tracking;
    }

    @Override
    public void recall(String shipKey, String key) {
        done("undo:ship");
    }

    private String done(String operation) {
        world.attempt(operation, 1); // nothing is tried twice
        return operation + " is done";
    }
}
