/** How the gateway stops: nobody comes in, those inside finish, what is known of them is written down. */
@NullMarked
package dev.drawbridge.gateway.stop;

import org.jspecify.annotations.NullMarked;
