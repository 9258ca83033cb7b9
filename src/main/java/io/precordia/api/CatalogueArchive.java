package io.precordia.api;

import io.precordia.dicom.net.Archive;
import io.precordia.dicom.net.ObjectUids;
import io.precordia.dicom.query.DicomQuery;
import io.precordia.dicom.query.QueryLevel;
import io.precordia.dicom.query.QueryPage;
import io.precordia.workspace.Workspace;
import io.precordia.workspace.catalogue.CatalogueEntry;
import io.precordia.workspace.catalogue.DicomCatalogue;
import java.util.ArrayList;
import java.util.List;

/**
 * The catalogue as DICOM peers ask for it. Of several objects with one SOP Instance UID the first
 * one counts. Thread-safe.
 */
final class CatalogueArchive implements Archive {
  private final Workspace workspace;

  CatalogueArchive(Workspace workspace) {
    this.workspace = workspace;
  }

  @Override
  public QueryPage query(DicomQuery query) {
    return workspace.catalogue().query(query);
  }

  @Override
  public boolean holds(ObjectUids object) {
    return workspace.catalogue().exists(object.sopClass(), object.sopInstance());
  }

  @Override
  public List<Entry> find(QueryLevel level, List<String> uids) {
    DicomCatalogue catalogue = workspace.catalogue();
    List<Entry> found = new ArrayList<>();
    for (String uid : uids) {
      List<CatalogueEntry> entries =
          switch (level) {
            case PATIENT -> catalogue.ofPatient(uid);
            case STUDY -> catalogue.ofStudy(uid);
            case SERIES -> catalogue.ofSeries(uid);
            case IMAGE -> catalogue.withSopInstance(uid);
          };
      for (CatalogueEntry entry : entries) {
        if (!entry.conflicting()) {
          found.add(
              new Entry(
                  new ObjectUids(entry.header().sopClass(), entry.header().sopInstance()),
                  entry.transferSyntax(),
                  entry.instance()));
        }
      }
    }
    return found;
  }

  @Override
  public byte[] file(Entry entry) {
    return workspace.records().files(entry.instance()).getFirst().bytes();
  }
}
