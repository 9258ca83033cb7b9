package io.precordia.api.results;

import io.precordia.api.DestinationConfig;
import io.precordia.api.TransportProvider;
import io.precordia.delivery.FolderTransport;
import io.precordia.delivery.Transport;
import jakarta.inject.Singleton;

/** Folders. */
@Singleton
public class FolderDestinations implements TransportProvider {
  @Override
  public DestinationConfig.Kind kind() {
    return DestinationConfig.Kind.FOLDER;
  }

  @Override
  public Transport open(String name, DestinationConfig destination) {
    return new FolderTransport(
        destination
            .folder()
            .orElseThrow(() -> Transports.invalid(name, "folder is needed with kind=folder")));
  }
}
