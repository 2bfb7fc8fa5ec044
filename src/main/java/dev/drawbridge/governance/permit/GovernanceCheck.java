package dev.drawbridge.governance.permit;

import dev.drawbridge.config.DrawbridgeConfig;
import dev.drawbridge.config.file.ConfigCheck;
import dev.drawbridge.config.file.ConfigReader;
import dev.drawbridge.config.file.Problems;
import dev.drawbridge.config.governance.GateConfig;
import dev.drawbridge.config.governance.GovernanceConfig;
import dev.drawbridge.config.governance.ListenerConfig;
import dev.drawbridge.config.governance.WebhookConfig;
import java.util.stream.Stream;

/** What the schema cannot say of budgets and hooks: that the time zone and the addresses are some. */
public class GovernanceCheck implements ConfigCheck {
    @Override
    public void check(DrawbridgeConfig config, Problems problems) {
        GovernanceConfig governance = config.governance();
        if (!governance.budgets().isKnown()) {
            problems.add(
                    "budgets.time-zone",
                    "\"" + governance.budgets().timeZone() + "\" is no time zone; one is Europe/Berlin");
        }
        Stream.concat(
                        governance.before().stream().map(GateConfig::webhook),
                        governance.after().stream().map(ListenerConfig::webhook))
                .forEach(hook -> check(hook, problems));
    }

    private static void check(WebhookConfig hook, Problems problems) {
        if (!ConfigReader.isHttpUrl(hook.url())) {
            problems.add(hook.place() + ".url", "must be an address such as https://hooks.example.com/llm");
        }
        if (hook.secret().isBlank()) {
            problems.add(hook.place() + ".secret", "is empty: whoever is called could not know by whom");
        }
    }
}
