package dev.drawbridge.fakes;

import dev.drawbridge.cluster.SingleNode;
import dev.drawbridge.governance.directory.Directory;
import dev.drawbridge.governance.key.ApiKeys;
import dev.drawbridge.governance.key.KeyHash;
import dev.drawbridge.governance.key.KeyIssuer;
import dev.drawbridge.registry.Audit;
import dev.drawbridge.registry.Registry;
import dev.drawbridge.store.DataFolder;
import dev.drawbridge.store.Database;
import dev.drawbridge.store.GatewaySecret;
import java.nio.file.Path;
import java.util.Map;

/** What a gateway's process has of the organisation. Several may share one database. */
public final class Node implements AutoCloseable {
    public static final GatewaySecret SECRET = new GatewaySecret("a secret that all the nodes of a test share");

    public final Database database;
    public final Registry registry;
    public final Audit audit;
    public final Directory directory;
    public final ApiKeys keys;
    public final KeyIssuer issuer;

    /** @param folder the node's own */
    public Node(Map<String, String> settings, Path folder) {
        database = new Database(new MapConfig(settings), new DataFolder(Path.of(settings.get("drawbridge.data"))));
        registry = new Registry(database, new SingleNode(), new DataFolder(folder), SECRET);
        registry.start();
        audit = new Audit(database);
        directory = new Directory(registry);
        keys = new ApiKeys(registry, directory, new KeyHash(SECRET));
        issuer = new KeyIssuer(registry, new KeyHash(SECRET));
    }

    @Override
    public void close() {
        registry.close();
        database.close();
    }
}
