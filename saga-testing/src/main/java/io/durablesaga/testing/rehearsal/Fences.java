package io.durablesaga.testing.rehearsal;

import io.durablesaga.testing.fault.Place;
import io.durablesaga.testing.world.CallWatch;
import java.util.Optional;

/** Around the services of a world: whoever is dead does not get through, and who only decides does not call. */
final class Fences implements CallWatch {
    private final Life life;

    Fences(Life life) {
        this.life = life;
    }

    @Override
    public void before(String call) {
        Optional<String> lambda = life.lambda();
        if (lambda.isPresent()) {
            life.violated(Violation.of(
                    "determinism",
                    "'" + lambda.get() + "' calls " + call + " in a lambda outside its steps, which runs again on every"
                            + " replay. Do it in a step, or record it with capture(...)"));
            return;
        }
        life.requireAlive(call);
        if (life.inBody()) {
            life.hit(Place.CALL, call);
        }
    }

    @Override
    public void after(String call) {
        if (life.inBody()) {
            life.hit(Place.CALLED, call);
        }
    }
}
