package dev.remit.cli;

import dev.remit.gateway.upstream.UpstreamSettings;
import dev.remit.main.Config;
import dev.remit.main.ConfigReader;
import dev.remit.main.ConfigRefused;
import dev.remit.rules.Known;
import dev.remit.rules.RuleFaults;
import dev.remit.rules.RuleFolder;
import dev.remit.rules.RuleSet;
import dev.remit.rules.RulesUnreadable;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
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
        List<String> faults =
                config.rules().map(folder -> faults(config, folder)).orElse(List.of());
        config.warnings()
                .forEach(warning -> System.out.println("warning    " + Shown.plain(warning)));
        faults.forEach(fault -> System.out.println("warning    " + Shown.plain(fault)));
        return config.warnings().isEmpty() && faults.isEmpty() ? Exit.DONE : Exit.FOUND_WRONG;
    }

    private static List<String> faults(Config config, RuleFolder folder) {
        try {
            RuleSet rules = folder.read();
            System.out.println(
                    "rules      "
                            + rules.all().size()
                            + " in "
                            + Shown.plain(folder.folder().toString()));
            return RuleFaults.of(
                    rules,
                    Known.of(
                            config.upstreams().stream()
                                    .map(UpstreamSettings::name)
                                    .collect(Collectors.toSet())));
        } catch (RulesUnreadable e) {
            throw new ConfigRefused(String.valueOf(e.getMessage()));
        }
    }
}
