package dev.drawbridge.rest;

import jakarta.ws.rs.ext.WriterInterceptor;
import jakarta.ws.rs.ext.WriterInterceptorContext;
import java.io.IOException;
import java.io.OutputStream;

/**
 * Ends the writing of an answer whose client has gone. Whoever writes it gets an {@link IOException}, which stops the
 * work; it goes no further, as Jersey would log each with a stack trace, once more when it closes the answer.
 */
public class GoneClients implements WriterInterceptor {
    private static final System.Logger LOG = System.getLogger(GoneClients.class.getName());

    @Override
    public void aroundWriteTo(WriterInterceptorContext answer) throws IOException {
        ToClient out = new ToClient(answer.getOutputStream());
        answer.setOutputStream(out);
        try {
            answer.proceed();
        } catch (IOException e) {
            if (!out.gone) {
                throw e;
            }
        }
        out.written = true;
    }

    private static final class ToClient extends OutputStream {
        private final OutputStream client;
        private boolean gone;
        private boolean written;

        ToClient(OutputStream client) {
            this.client = client;
        }

        private interface Step {
            void take() throws IOException;
        }

        @Override
        public void write(int octet) throws IOException {
            attempt(() -> client.write(octet));
        }

        @Override
        public void write(byte[] octets, int offset, int length) throws IOException {
            attempt(() -> client.write(octets, offset, length));
        }

        @Override
        public void flush() throws IOException {
            attempt(client::flush);
        }

        @Override
        public void close() throws IOException {
            attempt(client::close);
        }

        /** Servers say in either way that there is nobody any more. */
        private void attempt(Step step) throws IOException {
            try {
                step.take();
            } catch (IOException | IllegalStateException e) {
                if (!gone) {
                    LOG.log(System.Logger.Level.DEBUG, "The client left before the end of the answer");
                }
                gone = true;
                if (!written) {
                    throw new IOException("the client has gone", e);
                }
            }
        }
    }
}
