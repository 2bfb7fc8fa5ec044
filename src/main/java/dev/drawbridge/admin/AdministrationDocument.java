package dev.drawbridge.admin;

import dev.drawbridge.admin.document.Description;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASModelReader;
import org.eclipse.microprofile.openapi.models.OpenAPI;

/**
 * The administration's API, to which the server adds what stands in {@code META-INF/openapi.yaml}; named in MicroProfile
 * Config. No filter of that document: Payara's fail at its examples that have a {@code null}.
 */
public class AdministrationDocument implements OASModelReader {
    @Override
    public OpenAPI buildModel() {
        OpenAPI document = OASFactory.createOpenAPI().paths(OASFactory.createPaths());
        new Description(document, "/admin/v1").add(new AdministrationApplication().getClasses());
        return document;
    }
}
