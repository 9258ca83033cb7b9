package io.precordia.api;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.precordia.dicom.net.CommitmentJournal;
import io.precordia.dicom.net.CommitmentRequest;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.store.OpaqueIds;
import io.precordia.store.SealedFiles;
import io.precordia.workspace.Workspace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Storage commitments that are not answered yet, sealed in the data directory. Thread-safe. */
final class CommitmentFiles implements CommitmentJournal {
  private final SealedFiles files;
  private final OpaqueIds ids;
  private final ObjectMapper json = new ObjectMapper();

  CommitmentFiles(Workspace workspace) {
    this.files = workspace.notes("commitments");
    this.ids = workspace.ids();
  }

  @Override
  public void put(CommitmentRequest request) {
    try {
      files.put(id(request), json.writeValueAsBytes(request));
    } catch (IOException e) {
      throw new PrecordiaException(ErrorCode.INTERNAL, "a commitment has no JSON form", e);
    }
  }

  @Override
  public void remove(CommitmentRequest request) {
    files.remove(id(request));
  }

  private String id(CommitmentRequest request) {
    return ids.note("commitment", request.peer(), request.transaction());
  }

  @Override
  public List<CommitmentRequest> open() {
    List<CommitmentRequest> open = new ArrayList<>();
    for (byte[] note : files.all()) {
      try {
        open.add(json.readValue(note, CommitmentRequest.class));
      } catch (IOException e) {
        throw new PrecordiaException(ErrorCode.CORRUPT_STORE, "a note cannot be read", e);
      }
    }
    return open;
  }
}
