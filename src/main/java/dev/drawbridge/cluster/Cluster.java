package dev.drawbridge.cluster;

/** Tells the other nodes that it is worth looking now. No message is needed for anything to be right. */
public interface Cluster {
    /** Tells all others; it does not wait, and fails silently. */
    void publish(String topic);

    /** Runs whenever another node has told of the topic; it must be quick. */
    void subscribe(String topic, Runnable heard);
}
