package dev.drawbridge.protocol.ollama.upstream;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * One GET over a connection to a given address. The JDK's HTTP clients look the host's name up themselves, and cannot be
 * told to connect to the address that was checked.
 */
final class ImageDownload {
    private static final int MAX_BYTES = 20 * 1024 * 1024;
    private static final int MAX_LINE = 16 * 1024;
    private static final int MAX_HEADERS = 200;
    private static final int CONNECT_MILLIS = 3_000;

    private ImageDownload() {}

    /** @param location where a redirect leads; empty for any other answer, which has a body instead */
    @SuppressWarnings("ArrayRecordComponent") // bytes on their way, never compared
    record Answer(int status, String location, byte[] body) {}

    /** @param addresses of the URI's host, tried in order */
    static Answer get(URI uri, InetAddress[] addresses) throws IOException {
        try (Socket socket = connect(uri, addresses)) {
            socket.getOutputStream().write(request(uri).getBytes(StandardCharsets.US_ASCII));
            InputStream in = new BufferedInputStream(socket.getInputStream());
            int status = status(line(in));
            Map<String, String> headers = headers(in);
            while (status >= 100 && status < 200) {
                status = status(line(in));
                headers = headers(in);
            }
            String location = status >= 300 && status < 400 ? headers.getOrDefault("location", "") : "";
            return new Answer(status, location, status == 200 ? body(in, headers) : new byte[0]);
        }
    }

    private static Socket connect(URI uri, InetAddress[] addresses) throws IOException {
        boolean tls = uri.getScheme().equalsIgnoreCase("https");
        int port = uri.getPort() >= 0 ? uri.getPort() : tls ? 443 : 80;
        IOException failure = new IOException("no address");
        for (InetAddress address : addresses) {
            Socket socket = new Socket(Proxy.NO_PROXY);
            try {
                socket.connect(new InetSocketAddress(address, port), CONNECT_MILLIS);
                return tls ? secured(socket, uri.getHost(), port) : socket;
            } catch (IOException e) {
                socket.close();
                failure = e;
            }
        }
        throw failure;
    }

    private static Socket secured(Socket socket, String host, int port) throws IOException {
        SSLSocketFactory factory = (SSLSocketFactory) SSLSocketFactory.getDefault();
        SSLSocket secured = (SSLSocket) factory.createSocket(socket, host, port, true);
        SSLParameters parameters = secured.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        secured.setSSLParameters(parameters);
        secured.startHandshake();
        return secured;
    }

    private static String request(URI uri) {
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return "GET " + path + query + " HTTP/1.1\r\n"
                + "Host: " + uri.getHost() + port + "\r\n"
                + "Accept: image/png, image/jpeg, image/webp, image/gif\r\n"
                + "User-Agent: Drawbridge\r\n"
                + "Connection: close\r\n\r\n";
    }

    private static int status(String line) throws IOException {
        if (line.matches("HTTP/1\\.[01] \\d{3}.*")) {
            return Integer.parseInt(line.substring(9, 12));
        }
        throw new IOException("no HTTP");
    }

    private static Map<String, String> headers(InputStream in) throws IOException {
        Map<String, String> headers = new HashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            if (colon < 0 || headers.size() == MAX_HEADERS) {
                throw new IOException("no HTTP header");
            }
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        return headers;
    }

    private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            return chunks(in);
        }
        String length = headers.getOrDefault("content-length", "");
        if (!length.isEmpty()) {
            return exactly(number(length, 10), in);
        }
        byte[] rest = in.readNBytes(MAX_BYTES + 1);
        limited(rest.length);
        return rest;
    }

    private static byte[] chunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        while (true) {
            String size = line(in).replaceFirst(";.*", "").strip();
            byte[] chunk = exactly(number(size, 16), in);
            if (chunk.length == 0) {
                return body.toByteArray();
            }
            body.writeBytes(chunk);
            limited(body.size());
            if (!line(in).isEmpty()) {
                throw new IOException("no end of a chunk");
            }
        }
    }

    private static int number(String text, int radix) throws IOException {
        try {
            return Integer.parseUnsignedInt(text, radix);
        } catch (NumberFormatException e) {
            throw new IOException("no length", e);
        }
    }

    private static byte[] exactly(int length, InputStream in) throws IOException {
        limited(length);
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException();
        }
        return bytes;
    }

    private static void limited(int length) {
        // A length beyond the int range has come out negative.
        if (length < 0 || length > MAX_BYTES) {
            throw ImageFetcher.refused("the image is larger than 20 MB");
        }
    }

    private static String line(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0 || line.size() > MAX_LINE) {
                throw new EOFException();
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.ISO_8859_1).stripTrailing();
    }
}
