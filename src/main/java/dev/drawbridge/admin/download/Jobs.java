package dev.drawbridge.admin.download;

import dev.drawbridge.admin.text.Refusal;
import dev.drawbridge.admin.text.Text;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The downloads that go on by themselves, and for an hour those that did. */
@Singleton
public class Jobs {
    private static final Duration KEPT = Duration.ofHours(1);

    private final Map<String, Job> jobs = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

    public Job start(String model, Downloading downloading) {
        Instant old = Instant.now().minus(KEPT);
        jobs.values().removeIf(job -> job.finishedBefore(old));
        Job job = new Job(UUID.randomUUID().toString(), model, downloading);
        jobs.put(job.id(), job);
        threads.execute(job::run);
        return job;
    }

    /** @throws Refusal when there is none of this id, or no more */
    public Job get(String id) {
        Job job = jobs.get(id);
        if (job == null) {
            throw new Refusal(404, Text.of("download.unknown", id));
        }
        return job;
    }

    public Collection<Job> all() {
        return List.copyOf(jobs.values());
    }

    /** Ends the download, unless others wait for it too; one that is over stays as it is. */
    public Job cancel(String id) {
        Job job = get(id);
        if (job.isRunning()) {
            job.cancel();
        }
        return job;
    }

    @PreDestroy
    public void close() {
        jobs.values().stream().filter(Job::isRunning).forEach(Job::cancel);
        threads.shutdownNow();
    }
}
