package dev.drawbridge.admin;

import dev.drawbridge.admin.audit.AuditResource;
import dev.drawbridge.admin.backup.BackupResource;
import dev.drawbridge.admin.credential.CredentialResource;
import dev.drawbridge.admin.credential.CredentialsResource;
import dev.drawbridge.admin.me.MeResource;
import dev.drawbridge.admin.organisation.BudgetsResource;
import dev.drawbridge.admin.organisation.KeysResource;
import dev.drawbridge.admin.organisation.LimitsResource;
import dev.drawbridge.admin.organisation.ProjectsResource;
import dev.drawbridge.admin.organisation.TeamsResource;
import dev.drawbridge.admin.organisation.UsersResource;
import dev.drawbridge.admin.price.PricesResource;
import dev.drawbridge.admin.price.RatesResource;
import dev.drawbridge.admin.upstream.DiagnosisResource;
import dev.drawbridge.admin.upstream.HealthResource;
import dev.drawbridge.admin.upstream.OfferedModelsResource;
import dev.drawbridge.admin.upstream.UpstreamsResource;
import dev.drawbridge.admin.usage.LedgerResource;
import dev.drawbridge.admin.usage.PeriodsResource;
import dev.drawbridge.admin.usage.ReconciliationResource;
import dev.drawbridge.admin.usage.UsageResource;
import dev.drawbridge.admin.v1.Problems;
import dev.drawbridge.rest.GoneClients;
import dev.drawbridge.rest.access.AccessFilter;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import java.util.Map;
import java.util.Set;

/** The organisation, its rules and what they come to, and how the upstreams are. */
@ApplicationPath("admin/v1")
public class AdministrationApplication extends Application {
    @Override
    public Set<Class<?>> getClasses() {
        return Set.of(
                AccessFilter.class,
                GoneClients.class,
                Problems.class,
                TeamsResource.class,
                ProjectsResource.class,
                UsersResource.class,
                KeysResource.class,
                BudgetsResource.class,
                LimitsResource.class,
                MeResource.class,
                AuditResource.class,
                BackupResource.class,
                OfferedModelsResource.class,
                UpstreamsResource.class,
                CredentialResource.class,
                CredentialsResource.class,
                HealthResource.class,
                DiagnosisResource.class,
                PricesResource.class,
                RatesResource.class,
                UsageResource.class,
                LedgerResource.class,
                PeriodsResource.class,
                ReconciliationResource.class);
    }

    @Override
    public Map<String, Object> getProperties() {
        return ManagementApplication.PROPERTIES;
    }
}
