package dev.remit.cli;

import dev.remit.gateway.upstream.UpstreamSettings;
import dev.remit.main.Config;
import dev.remit.main.ConfigReader;
import dev.remit.main.ConfigRefused;
import dev.remit.rules.RuleFolder;
import dev.remit.rules.RulesUnreadable;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code remit check}. */
@Command(
        name = "check",
        description = "read a configuration as the start would, and say what is wrong with it")
final class CheckCommand implements Callable<Integer> {
    @Parameters(paramLabel = "CONFIG")
    private Path file = Path.of("remit.yaml");

    @Override
    public Integer call() {
        Config config = ConfigReader.read(file, name -> Optional.ofNullable(System.getenv(name)));
        System.out.println("listens on " + config.host() + ":" + config.port());
        for (UpstreamSettings upstream : config.upstreams()) {
            System.out.println("upstream   " + Shown.plain(upstream.toString()));
        }
        config.rules()
                .ifPresent(
                        folder ->
                                System.out.println(
                                        "rules      "
                                                + rules(folder)
                                                + " in "
                                                + Shown.plain(folder.folder().toString())));
        config.warnings()
                .forEach(warning -> System.out.println("warning    " + Shown.plain(warning)));
        return config.warnings().isEmpty() ? Exit.DONE : Exit.FOUND_WRONG;
    }

    private static int rules(RuleFolder folder) {
        try {
            return folder.read().all().size();
        } catch (RulesUnreadable e) {
            throw new ConfigRefused(String.valueOf(e.getMessage()));
        }
    }
}
