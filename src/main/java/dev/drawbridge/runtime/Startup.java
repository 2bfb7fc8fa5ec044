package dev.drawbridge.runtime;

import dev.drawbridge.config.LiveConfig;
import dev.drawbridge.provider.Upstream;
import dev.drawbridge.routing.ModelTable;
import dev.drawbridge.routing.Models;
import dev.drawbridge.routing.Route;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.stream.Collectors;

/** Gets ready before the first call, and says in a few lines what is there. */
@Singleton
public class Startup {
    private static final System.Logger LOG = System.getLogger("dev.drawbridge");
    private static final int MOST_NAMES = 12;

    private final LiveConfig config;
    private final Models models;
    private volatile boolean ready;

    @Inject
    public Startup(LiveConfig config, Models models) {
        this.config = config;
        this.models = models;
    }

    void start(@Observes @Initialized(ApplicationScoped.class) Object event) {
        models.start();
        ready = true;
        LOG.log(System.Logger.Level.INFO, summary(models.current()));
    }

    /** Whether calls can be answered. */
    boolean isReady() {
        return ready;
    }

    private String summary(ModelTable table) {
        List<String> ids = table.routes().stream().map(Route::id).toList();
        String shown = ids.stream().limit(MOST_NAMES).collect(Collectors.joining(", "));
        String more = ids.size() > MOST_NAMES ? " … and " + (ids.size() - MOST_NAMES) + " more" : "";
        String url = config.current().server().url().orElseGet(Startup::ownAddress);
        return "Drawbridge is up.\n"
                + "  OpenAI API:    " + url + "/v1\n"
                + "  Ollama API:    " + url + "\n"
                + "  API page:      " + url + "/docs/\n"
                + "  Models:        " + (ids.isEmpty() ? "none" : shown + more) + "\n"
                + "  Upstreams:     " + upstreams(table) + "\n"
                + "  Configuration: " + config.origin();
    }

    /** No standard tells an application its port; the server's own options are on the command line, or properties. */
    private static String ownAddress() {
        List<String> arguments =
                List.of(ProcessHandle.current().info().arguments().orElse(new String[0]));
        int option = arguments.indexOf("--port");
        boolean given = option >= 0 && option + 1 < arguments.size();
        return "http://localhost:"
                + (given ? arguments.get(option + 1) : System.getProperty("payaramicro.port", "8080"));
    }

    private static String upstreams(ModelTable table) {
        return table.upstreams().stream()
                .map(upstream -> upstream.name() + " (" + kind(upstream) + offered(upstream, table) + ")")
                .collect(Collectors.joining(", "));
    }

    private static String kind(Upstream upstream) {
        return upstream.preset().title();
    }

    private static String offered(Upstream upstream, ModelTable table) {
        boolean any = table.routes().stream()
                .flatMap(route -> route.choices().stream())
                .anyMatch(choice -> choice.target().upstream().equals(upstream));
        return any ? "" : ", no models yet";
    }
}
