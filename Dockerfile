# syntax=docker/dockerfile:1
# The gateway on port 8080: docker build -t drawbridge . && docker run -p 8080:8080 -e DRAWBRIDGE_ADMIN_KEY drawbridge

FROM eclipse-temurin:25-jdk AS build
WORKDIR /src
COPY mvnw pom.xml ./
COPY .mvn .mvn
COPY src/main src/main
# The server comes from the pom's test dependencies, so its version stands in one place. The tests ran before.
RUN --mount=type=cache,target=/var/cache/m2 \
    ./mvnw -B -ntp -q package -Dmaven.repo.local=/var/cache/m2 -Dmaven.test.skip=true \
    && ./mvnw -B -ntp -q dependency:copy-dependencies -Dmaven.repo.local=/var/cache/m2 \
        -DincludeArtifactIds=payara-micro -DexcludeTransitive=true \
        -Dmdep.stripVersion=true -DoutputDirectory=target

FROM eclipse-temurin:25-jre
COPY --from=build /src/target/payara-micro.jar /src/target/drawbridge.war /opt/drawbridge/
COPY server-config/run server-config/pre-boot.asadmin server-config/logging.properties /opt/drawbridge/server-config/
# Any user will do, as OpenShift has it: what must be written belongs to group 0.
RUN mkdir /data && chmod 0770 /data
USER 1001:0
# The working directory, so /data/drawbridge.yaml is the configuration if it is there.
WORKDIR /data
VOLUME /data
# Kept for what the gateway will store; today it stores nothing.
ENV DRAWBRIDGE_DATA=/data
# The rest is for the server itself, which takes about 250 MB besides the heap.
ENV JDK_JAVA_OPTIONS="-XX:MaxRAMPercentage=60 -XX:+ExitOnOutOfMemoryError"
EXPOSE 8080
# Bash asks, as there is no curl in the image. DOWN is 503, also when the configuration was refused.
HEALTHCHECK --interval=10s --timeout=5s --start-period=60s CMD ["bash", "-c", \
    "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health/ready HTTP/1.0\\r\\nHost: localhost\\r\\n\\r\\n' >&3 && read -r _ status _ <&3 && [ \"$status\" = 200 ]"]
ENTRYPOINT ["/opt/drawbridge/server-config/run", "/opt/drawbridge/payara-micro.jar", "/opt/drawbridge/drawbridge.war"]
