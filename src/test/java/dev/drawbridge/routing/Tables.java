package dev.drawbridge.routing;

import dev.drawbridge.config.DrawbridgeConfig;
import dev.drawbridge.fakes.Lab;

/** Model tables as a configuration file makes them. */
final class Tables {
    private Tables() {}

    static ModelTable of(String yaml) {
        DrawbridgeConfig config = Lab.config(yaml);
        TargetFactory factory = new TargetFactory(config);
        ModelTable table = new ModelTable(factory);
        config.models().forEach(model -> table.add(factory.route(model)));
        return table;
    }
}
