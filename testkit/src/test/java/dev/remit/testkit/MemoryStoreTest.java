package dev.remit.testkit;

import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

final class MemoryStoreTest {
    @TestFactory
    Stream<DynamicTest> theStoreInMemoryKeepsTheContract() {
        return new StoreContract(
                        () -> {
                            MemoryStore store = new MemoryStore();
                            return new StoreContract.Opened(
                                    store, store, store, store, store, store, store, () -> {});
                        })
                .tests();
    }
}
