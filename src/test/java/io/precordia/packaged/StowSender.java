package io.precordia.packaged;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.precordia.api.dicomweb.Related;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.IntConsumer;

/** Objects by STOW-RS, several in one request. */
final class StowSender implements Sender {
  private static final Set<Integer> LATER = Set.of(429, 503);
  private static final int OUT_OF_RESOURCES = 0xA700;
  private final HttpClient http = HttpClient.newHttpClient();
  private final ObjectMapper json = new ObjectMapper();
  private final URI studies;

  StowSender(PackagedService.Doors doors) {
    this.studies = URI.create(doors.url() + "dicomweb/studies");
  }

  @Override
  public void send(List<Integer> numbers, IntConsumer acknowledged)
      throws IOException, InterruptedException {
    byte[][] files = numbers.stream().map(n -> DicomLoad.object(n).file()).toArray(byte[][]::new);
    HttpResponse<byte[]> answer =
        http.send(
            HttpRequest.newBuilder(studies)
                .timeout(Duration.ofSeconds(20))
                .header("Content-Type", Related.type("application/dicom"))
                .header("Accept", "application/dicom+json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Related.objects(files)))
                .build(),
            HttpResponse.BodyHandlers.ofByteArray());
    if (LATER.contains(answer.statusCode())) {
      return;
    }
    JsonNode module = json.readTree(answer.body());
    for (JsonNode stored : module.at("/00081199/Value")) {
      acknowledged.accept(DicomLoad.number(stored.at("/00081155/Value/0").asText()));
    }
    for (JsonNode failed : module.at("/00081198/Value")) {
      int reason = failed.at("/00081197/Value/0").asInt();
      if (reason != OUT_OF_RESOURCES) {
        throw new AssertionError("STOW-RS refused an object: %04XH".formatted(reason));
      }
    }
    if (answer.statusCode() != 200 && answer.statusCode() != 202) {
      throw new AssertionError("STOW-RS answered " + answer.statusCode());
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
