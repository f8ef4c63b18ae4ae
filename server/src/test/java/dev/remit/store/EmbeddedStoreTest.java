package dev.remit.store;

import dev.remit.testkit.StoreContract;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

final class EmbeddedStoreTest {
    @TestFactory
    Stream<DynamicTest> theEmbeddedStoreKeepsTheContract(@TempDir Path folder) {
        return new StoreContract(
                        () -> {
                            Path data = Files.createTempDirectory(folder, "data");
                            EmbeddedStore store = TestStores.open(data);
                            return new StoreContract.Opened(
                                    store, store, store, store, store, store, store, store);
                        })
                .tests();
    }
}
