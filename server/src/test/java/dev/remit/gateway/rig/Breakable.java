package dev.remit.gateway.rig;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.function.Supplier;

/** Makes the parts that a check stands on break at one of its steps. */
public final class Breakable {
    private Supplier<Throwable> what = AssertionError::new;
    private int steps = Integer.MAX_VALUE;

    /** The same part, until it breaks. */
    public <T> T of(Class<T> port, T real) {
        return port.cast(
                Proxy.newProxyInstance(
                        port.getClassLoader(),
                        new Class<?>[] {port},
                        (_, method, arguments) -> {
                            step();
                            try {
                                return method.invoke(real, arguments);
                            } catch (InvocationTargetException e) {
                                throw e.getCause();
                            }
                        }));
    }

    private synchronized void step() throws Throwable {
        if (steps-- == 0) {
            throw what.get();
        }
    }

    /** From now on the step after so many others breaks, once. */
    public synchronized void breakAfter(int others, Supplier<Throwable> with) {
        steps = others;
        what = with;
    }

    /** Whether it broke since then. */
    public synchronized boolean broke() {
        return steps < 0;
    }
}
