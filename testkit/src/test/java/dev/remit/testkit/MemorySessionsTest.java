package dev.remit.testkit;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class MemorySessionsTest {

    @TestFactory
    Stream<DynamicTest> sessionsInMemoryKeepTheContract() {
        return new SessionContract(MemorySessions::new).tests();
    }
}
