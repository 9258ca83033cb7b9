package io.precordia.serve.adapters;

import io.precordia.adapter.router.RouterConfig;
import io.precordia.adapter.router.RouterConfigFile;
import io.precordia.adapter.router.RouterFolder;
import io.precordia.error.ErrorCode;
import io.precordia.error.PrecordiaException;
import io.precordia.model.AdapterHost;
import io.precordia.model.AdapterShare;
import io.precordia.model.AdapterSummary;
import io.precordia.study.ModelRef;
import io.precordia.weights.Checksums;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Named adapters and routers of one model. A name is a tag that can be moved; a version is
 * immutable and known by its digest. What is being used is leased: erasing waits until every lease
 * has ended. Thread-safe.
 */
public final class AdapterRegistry {
  private final AdapterFiles files;
  private final AdapterHost model;
  private final ComposedAdapters composed;
  private final VersionBook book = new VersionBook();
  private final Set<String> busy = new HashSet<>();

  /**
   * Opens the folder and registers every version that a tag of this model stands for. Tags of
   * another model are kept on disk and not served.
   */
  public AdapterRegistry(Path folder, AdapterHost model) {
    this.files = new AdapterFiles(folder);
    this.model = model;
    this.composed = new ComposedAdapters(model);
    refresh();
  }

  /**
   * Takes over what another registry of this folder has done meanwhile; nothing may be asked of
   * this one yet.
   */
  public void refresh() {
    book.clear();
    for (AdapterVersion version : files.tagged()) {
      if (version.base().equals(model.ref().sha256()) && restored(version.sha256())) {
        book.tag(version);
      }
    }
  }

  /** Registers a version and the members of a router; false if anything on disk was changed. */
  private boolean restored(String sha256) {
    if (!files.intact(sha256)) {
      return false;
    }
    Path folder = files.version(sha256);
    if (RouterFolder.is(folder)) {
      List<RouterConfig.Member> members = RouterFolder.config(folder).members();
      if (!members.stream().allMatch(m -> restored(m.sha256()))) {
        return false;
      }
      book.router(sha256, members);
    }
    model.register(sha256, folder);
    return true;
  }

  /** Use of one version; nothing of it is erased before this is closed. */
  public final class Lease implements AutoCloseable {
    private final AdapterVersion version;
    private boolean open = true;

    private Lease(AdapterVersion version) {
      this.version = version;
    }

    public AdapterVersion version() {
      return version;
    }

    @Override
    public synchronized void close() {
      if (open) {
        open = false;
        book.giveBack(version.sha256());
      }
    }
  }

  /**
   * Validates and keeps an adapter or a router with its members, and moves the name to it.
   *
   * @throws PrecordiaException CONFLICT if the same name is being changed at this moment;
   *     BAD_WEIGHTS or INSUFFICIENT_MEMORY as the model says, with nothing kept
   */
  public AdapterVersion put(String name, AdapterUpload upload) {
    AdapterName.checked(name);
    claim(name);
    List<String> held = new ArrayList<>();
    @Nullable AdapterVersion before = book.find(name).orElse(null);
    AdapterVersion version;
    try {
      Map<String, byte[]> content =
          switch (upload) {
            case AdapterUpload.Peft peft -> peft.files();
            case AdapterUpload.Router router -> resolved(router, held);
          };
      Kept kept = keep(content, held);
      version = version(name, kept, before);
      files.tag(version);
      book.tag(version);
      if (before != null) {
        held.add(before.sha256());
        book.acquire(before.sha256());
      }
    } finally {
      release(name);
      held.forEach(book::giveBack);
      held.reversed().forEach(sha256 -> retire(sha256, name));
    }
    return version;
  }

  /** The two files of a PEFT folder. */
  public AdapterVersion put(String name, Map<String, byte[]> content) {
    return put(name, new AdapterUpload.Peft(content));
  }

  /**
   * A router's files with the digests of its members.
   *
   * @param held digests that are leased here, so that they stay until the router holds them
   */
  private Map<String, byte[]> resolved(AdapterUpload.Router upload, List<String> held) {
    List<RouterConfig.Member> members = new ArrayList<>();
    for (RouterConfig.Member member : upload.config().members()) {
      @Nullable Map<String, byte[]> content = upload.members().get(member.name());
      members.add(
          new RouterConfig.Member(
              member.name(),
              content == null ? present(member, held) : keep(content, held).sha256()));
    }
    return Map.of(
        RouterConfigFile.NAME,
        RouterConfigFile.write(new RouterConfig(members, upload.config().rule())),
        RouterFolder.WEIGHTS,
        upload.weights());
  }

  private String present(RouterConfig.Member member, List<String> held) {
    String sha256 =
        book.acquireNamed(member.sha256().isEmpty() ? member.name() : member.sha256())
            .orElseThrow(
                () ->
                    new PrecordiaException(
                        ErrorCode.BAD_WEIGHTS,
                        "router: a member is neither in the upload nor an adapter of this model;"
                            + " bring it in first"))
            .sha256();
    held.add(sha256);
    return sha256;
  }

  /** A version on disk that the model knows. */
  private record Kept(String sha256, AdapterSummary summary) {}

  /** Checks and publishes files; the digest is leased to the caller. */
  private Kept keep(Map<String, byte[]> content, List<String> held) {
    PendingFolder pending = files.pending(content);
    String sha256;
    AdapterSummary summary;
    try {
      summary = model.inspect(pending.path());
      sha256 = Checksums.ofFolder(pending.path());
    } catch (RuntimeException | Error e) {
      files.discard(pending);
      throw e;
    }
    // Leased meanwhile: the same version may be erased under another name at this moment.
    book.acquire(sha256);
    held.add(sha256);
    Path folder = files.publish(pending, sha256);
    model.register(sha256, folder);
    if (RouterFolder.is(folder)) {
      book.router(sha256, RouterFolder.config(folder).members());
      RouterTrial.run(model, sha256);
    }
    return new Kept(sha256, summary);
  }

  private AdapterVersion version(String name, Kept kept, @Nullable AdapterVersion before) {
    @Nullable String previous = null;
    if (before != null) {
      previous = before.sha256().equals(kept.sha256()) ? before.previous() : before.sha256();
    }
    return new AdapterVersion(
        name, kept.sha256(), model.ref().sha256(), previous, Instant.now(), kept.summary());
  }

  /**
   * Takes the name away, waits until nobody uses the version, and erases it if neither another name
   * nor a router stands for it.
   *
   * @throws PrecordiaException NOT_FOUND; CONFLICT if a router needs it; BUSY if it is still in use
   *     after half a minute
   */
  public void delete(String name) {
    claim(name);
    try {
      AdapterVersion version = get(name);
      book.untag(version);
      files.untag(name);
      retire(version.sha256(), name);
    } finally {
      release(name);
    }
  }

  private void retire(String sha256, String name) {
    book.retire(
        sha256,
        name,
        digest -> {
          composed.forget(digest);
          model.unregister(digest);
          files.erase(digest);
        });
  }

  /**
   * The version that a name or a digest stands for, to be closed after use.
   *
   * @throws PrecordiaException NOT_FOUND
   */
  public Lease lease(String nameOrDigest) {
    return new Lease(book.acquireNamed(nameOrDigest).orElseThrow(AdapterRegistry::unknown));
  }

  /**
   * What an address names: one version, or the weighted sum of several, to be closed after use.
   *
   * @throws PrecordiaException NOT_FOUND; INVALID_ARGUMENT if what is named cannot be summed;
   *     INSUFFICIENT_MEMORY if the sum cannot fit
   */
  public AdapterUse use(AdapterMix mix) {
    List<Lease> leases = new ArrayList<>();
    Runnable end = () -> leases.forEach(Lease::close);
    try {
      List<ModelRef.AdapterRef> refs = new ArrayList<>();
      for (AdapterMix.Part part : mix.parts()) {
        Lease lease = lease(part.adapter());
        leases.add(lease);
        AdapterVersion v = lease.version();
        refs.add(new ModelRef.AdapterRef(v.name(), v.sha256(), part.weight()));
      }
      if (mix.isPlain()) {
        String sha256 = refs.getFirst().sha256();
        List<ModelRef.AdapterRef> members =
            book.members(sha256).stream()
                .map(m -> new ModelRef.AdapterRef(m.name(), m.sha256()))
                .toList();
        return new AdapterUse(sha256, refs, members, end);
      }
      String id =
          composed.open(refs.stream().map(r -> new AdapterShare(r.sha256(), r.weight())).toList());
      return new AdapterUse(
          id,
          refs,
          List.of(),
          () -> {
            composed.close(id);
            end.run();
          });
    } catch (RuntimeException | Error e) {
      end.run();
      throw e;
    }
  }

  /** What a name stands for. */
  public AdapterVersion get(String name) {
    return book.find(name).orElseThrow(AdapterRegistry::unknown);
  }

  /** Adapters that a router chooses from; empty for any other version. */
  public List<RouterConfig.Member> members(AdapterVersion version) {
    return book.members(version.sha256());
  }

  /** All names, sorted. */
  public List<AdapterVersion> all() {
    return book.all();
  }

  /** Whether its weights are in compute memory now. */
  public boolean resident(AdapterVersion version) {
    return model.resident(version.sha256());
  }

  private void claim(String name) {
    synchronized (busy) {
      if (!busy.add(name)) {
        throw new PrecordiaException(
            ErrorCode.CONFLICT,
            "the adapter " + AdapterName.checked(name) + " is being changed by another request");
      }
    }
  }

  private void release(String name) {
    synchronized (busy) {
      busy.remove(name);
    }
  }

  private static PrecordiaException unknown() {
    return new PrecordiaException(
        ErrorCode.NOT_FOUND,
        "no adapter has this name or digest; GET /v1/adapters lists those that there are");
  }
}
