package io.precordia.api;

import io.precordia.study.Modality;
import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Everything that can be set, under {@code precordia.}; docs/configuration.md has the table. An
 * unknown key is an error at start.
 */
@ConfigMapping(prefix = "precordia")
public interface PrecordiaConfig {
  /** Folder of the program; the launcher sets it. Relative defaults below start here. */
  @WithDefault(".")
  Path home();

  /** Data directory: records, encrypted objects, keys. One process at a time. */
  @WithDefault("${precordia.home:.}/data")
  Path data();

  /** Model folder: config.json, safetensors, tokenizer.json. */
  @WithDefault("${precordia.home:.}/models/precordia-more")
  Path model();

  /** Model folder for X-rays, if another one than {@link #model}. */
  @WithName("model.xray")
  Optional<Path> modelXray();

  /** Model folder for ECGs, if another one than {@link #model}. */
  @WithName("model.ecg")
  Optional<Path> modelEcg();

  /** Model folder for reports and questions in words, if another one than {@link #model}. */
  @WithName("model.report")
  Optional<Path> modelReport();

  /** Folder whose sub-folders are models that can be loaded while the service runs. */
  @WithDefault("${precordia.home:.}/models")
  Path models();

  /** File that holds the master key; without it the key lies in the data directory. */
  Optional<Path> masterKeyFile();

  /** Address to listen on. Anything but loopback exposes a service that has no login of its own. */
  @WithDefault("127.0.0.1")
  String host();

  /** TCP port; 0 takes a free one. */
  @WithDefault("8080")
  int port();

  /** Fill an empty store with simulated studies. */
  @WithDefault("false")
  boolean demo();

  /** How many studies the demo has. */
  @WithDefault("60")
  int demoStudies();

  Upload upload();

  Embed embed();

  Ingest ingest();

  Generate generate();

  Search search();

  Adapters adapters();

  /** The catalogue of DICOM objects. */
  Catalogue catalogue();

  /** DICOMweb. */
  DicomWebConfig dicomweb();

  /** FHIR. */
  Fhir fhir();

  /** Patient identifiers, their issuers, and which studies belong together. */
  IdentityConfig identity();

  /** HL7 v2 over MLLP. */
  Hl7Config hl7();

  /** What exports and shared views leave out. */
  DeidentificationConfig deidentification();

  /** DICOM over the network. */
  DimseConfig dimse();

  /** When a study counts as complete. */
  CompletionConfig completion();

  /** Peers that get results, by name. */
  Map<String, DestinationConfig> destinations();

  /** What a client may send. */
  interface Upload {
    /** Largest request body. */
    @WithDefault("256M")
    MemorySize maxRequest();

    /** Largest single file. */
    @WithDefault("128M")
    MemorySize maxFile();

    /** Most files (and form fields) in one request. */
    @WithDefault("2000")
    int maxFiles();

    /** Bytes of uploads held in memory at once; requests beyond it are answered 429. */
    @WithDefault("512M")
    MemorySize maxInFlight();

    /** Longest that POST /v1/studies waits for processing. */
    @WithDefault("60S")
    Duration maxWait();
  }

  /** Admission and batching before the encoder. */
  interface Embed {
    /** Items of one forward pass. */
    @WithDefault("32")
    int maxBatch();

    /** Tokens of one forward pass: text tokens or patches, padding included. */
    @WithDefault("4096")
    int maxTokens();

    /** How long a pass waits for callers that are already under way. */
    @WithDefault("0.002S")
    Duration maxDelay();

    /** Items admitted and not yet running; more is answered 429. */
    @WithDefault("256")
    int maxQueued();

    /** Longest that a request's items stand in the line; then it is answered 429. */
    @WithDefault("30S")
    Duration maxWait();

    /** Forward passes at once. */
    @WithDefault("1")
    int workers();

    /**
     * Longest that a pass of a model that is being prepared waits for the one that answers to have
     * nothing to do.
     */
    @WithDefault("0.25S")
    Duration yield();

    /** Run one pass of each kind before the service says that it is ready. */
    @WithDefault("true")
    boolean warmUp();
  }

  /** Language models that continue texts. */
  interface Generate {
    /** Most tokens that one request may add. */
    @WithDefault("1024")
    int maxTokens();

    /** Requests of one model that may wait for their turn; more is answered 429. */
    @WithDefault("16")
    int maxQueued();

    /** Longest that a request waits for its turn; then it is answered 429. */
    @WithDefault("30S")
    Duration maxWait();

    /** Language models in memory at once. */
    @WithDefault("1")
    int resident();
  }

  /** The inbox. */
  interface Ingest {
    /** Instances accepted and not yet processed; more is answered 429. */
    @WithDefault("10000")
    int maxQueued();

    /** Threads that decode. */
    @WithDefault("2")
    int workers();

    /** Space that is always left free on the data directory's disk; less, and nothing is taken. */
    @WithDefault("256M")
    MemorySize minFree();
  }

  /** PEFT adapters. */
  interface Adapters {
    /**
     * Which adapter a question about something kept uses when it names none; the first rule whose
     * conditions all hold counts.
     */
    List<Rule> defaults();

    /** One rule; at least one condition. */
    interface Rule {
      /** Institution or source, as the instance has it. */
      Optional<String> site();

      /** Subject, by the id that the service shows. */
      Optional<String> subject();

      /** Kind of what is embedded: xray, ecg or report. */
      Optional<Modality> modality();

      /** Name, digest or weighted sum, for example site-a*0.7+site-b*0.3. */
      String adapter();
    }
  }

  /** The FHIR door. */
  interface Fhir {
    /** Largest body: a resource or a bundle. */
    @WithDefault("16M")
    MemorySize maxBody();

    /**
     * Most kept instances that a search looks through one by one; where more are kept, it must name
     * a patient, an id or an identifier.
     */
    @WithDefault("10000")
    long maxScan();
  }

  /** The catalogue of DICOM objects, which QIDO-RS and C-FIND ask. */
  interface Catalogue {
    /**
     * Objects whose attributes are held in memory, those of the latest patients first; the others
     * are read from the disk when a query has to look through them. 0 holds none.
     */
    @WithDefault("200000")
    int maxCached();
  }

  /** Searching. */
  interface Search {
    /** Largest k and page size. */
    @WithDefault("1000")
    int maxK();
  }
}
