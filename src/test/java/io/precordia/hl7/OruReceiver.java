package io.precordia.hl7;

import ca.uhn.hl7v2.DefaultHapiContext;
import ca.uhn.hl7v2.HL7Exception;
import ca.uhn.hl7v2.HapiContext;
import ca.uhn.hl7v2.app.HL7Service;
import ca.uhn.hl7v2.model.Message;
import ca.uhn.hl7v2.protocol.ReceivingApplication;
import ca.uhn.hl7v2.validation.impl.ValidationContextFactory;
import io.precordia.TestFolders;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A service with the shipped weights that sends results to a HAPI server; what the server gets lies
 * in a folder, by control id.
 */
public final class OruReceiver implements QuarkusTestResourceLifecycleManager {
  private Path root = Path.of("unset");
  private @Nullable HapiContext hapi;
  private @Nullable HL7Service server;

  /** Where received messages lie. */
  static Path received() {
    return Path.of(System.getProperty("oru.test.received"));
  }

  @Override
  public Map<String, String> start() {
    BoundSocket socket;
    try {
      socket = new BoundSocket();
      root = Files.createTempDirectory("precordia-oru");
      Files.createDirectory(root.resolve("received"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    System.setProperty("oru.test.received", root.resolve("received").toString());
    HapiContext context = new DefaultHapiContext();
    context.setValidationContext(ValidationContextFactory.noValidation());
    context.setSocketFactory(socket);
    HL7Service service = context.newServer(socket.port(), false);
    service.registerApplication(new Keeper(root.resolve("received")));
    try {
      service.startAndWait();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    hapi = context;
    server = service;
    return Map.of(
        "precordia.data", root.resolve("store").toString(),
        "precordia.model", Path.of("models", "precordia-more").toAbsolutePath().toString(),
        "precordia.completion.quiet", "1S",
        "precordia.destinations.ris.kind", "mllp",
        "precordia.destinations.ris.peer", "engine",
        "precordia.hl7.peers.engine.host", "127.0.0.1",
        "precordia.hl7.peers.engine.port", "" + socket.port(),
        "precordia.hl7.peers.engine.application", "RIS");
  }

  private record Keeper(Path folder) implements ReceivingApplication<Message> {
    @Override
    public Message processMessage(Message message, Map<String, Object> metadata)
        throws HL7Exception {
      try {
        String text = message.encode();
        Files.writeString(folder.resolve(text.split("\\|")[9]), text, StandardCharsets.UTF_8);
        return message.generateACK();
      } catch (IOException e) {
        throw new HL7Exception(e);
      }
    }

    @Override
    public boolean canProcess(Message message) {
      return true;
    }
  }

  /** After the resource that names another model. */
  @Override
  public int order() {
    return 1;
  }

  @Override
  public void stop() {
    System.clearProperty("oru.test.received");
    try {
      if (server != null) {
        server.stopAndWait();
      }
      if (hapi != null) {
        hapi.close();
      }
      TestFolders.delete(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
