package io.precordia.train.sim.state;

/**
 * An abnormality of the radiograph with its parameters. Lengths are centimetres in the patient
 * plane.
 */
public sealed interface XrayFinding {
  /** Its label. */
  Finding label();

  /** Enlarged heart; {@code ratio} is the cardiothoracic ratio, above 0.5. */
  record Cardiomegaly(double ratio) implements XrayFinding {
    @Override
    public Finding label() {
      return Finding.CARDIOMEGALY;
    }
  }

  /** Free pleural fluid; {@code height} of the lateral meniscus above the costophrenic angle. */
  record Effusion(Side side, double height) implements XrayFinding {
    @Override
    public Finding label() {
      return Finding.PLEURAL_EFFUSION;
    }

    /** small below 4.5 cm (blunted angle), large from 9 cm. */
    public String grade() {
      return height < 4.5 ? "small" : height < 9 ? "moderate" : "large";
    }
  }

  /** Airspace opacity with air bronchograms; radius of its ellipsoid and filled fraction of air. */
  record Consolidation(Side side, Zone zone, double radius, double density) implements XrayFinding {
    @Override
    public Finding label() {
      return Finding.CONSOLIDATION;
    }
  }

  /** Free pleural air; {@code gap} between chest wall and visceral pleura at the apex. */
  record Pneumothorax(Side side, double gap) implements XrayFinding {
    @Override
    public Finding label() {
      return Finding.PNEUMOTHORAX;
    }

    /** small below 2 cm (British Thoracic Society limit), else large. */
    public String grade() {
      return gap < 2 ? "small" : "large";
    }
  }

  /** Cardiogenic oedema; {@code severity} in (0, 1]: interstitial below 0.5, alveolar above. */
  record Oedema(double severity) implements XrayFinding {
    @Override
    public Finding label() {
      return Finding.PULMONARY_OEDEMA;
    }

    public String grade() {
      return severity < 0.5 ? "interstitial" : "alveolar";
    }
  }

  /** Solitary rounded opacity of the given diameter. */
  record Nodule(Side side, Zone zone, double diameter) implements XrayFinding {
    @Override
    public Finding label() {
      return Finding.NODULE;
    }
  }

  /** A central venous line from this side of the neck, chest or arm to the superior vena cava. */
  record CentralLine(Side side, Access access) implements XrayFinding {
    /** Where it enters, and what it is. */
    public enum Access {
      JUGULAR,
      SUBCLAVIAN,
      PERIPHERAL,
      DIALYSIS,
      PORT
    }

    @Override
    public Finding label() {
      return Finding.CENTRAL_LINE;
    }
  }

  /** A pacemaker generator in the left chest wall with one or two leads. */
  record Pacemaker(boolean dualChamber) implements XrayFinding {
    @Override
    public Finding label() {
      return Finding.PACEMAKER;
    }
  }

  /** An endotracheal tube; {@code tipAboveCarina} in cm. */
  record EndotrachealTube(double tipAboveCarina) implements XrayFinding {
    @Override
    public Finding label() {
      return Finding.ENDOTRACHEAL_TUBE;
    }
  }

  /** A rounded opacity above 3 cm. */
  record Mass(Side side, Zone zone, double diameter) implements XrayFinding {
    @Override
    public Finding label() {
      return Finding.MASS;
    }
  }

  /** Loss of air at a lung base: linear bands, or the collapsed lower lobe. */
  record Atelectasis(Side side, boolean lobar) implements XrayFinding {
    @Override
    public Finding label() {
      return Finding.ATELECTASIS;
    }
  }

  /** Hyperinflation with low flat domes; {@code severity} in (0, 1]. */
  record Emphysema(double severity) implements XrayFinding {
    @Override
    public Finding label() {
      return Finding.EMPHYSEMA;
    }
  }

  /** Peripheral basal reticulation; {@code severity} in (0, 1]. */
  record Fibrosis(double severity) implements XrayFinding {
    @Override
    public Finding label() {
      return Finding.FIBROSIS;
    }
  }

  /** Globular enlargement of the heart; {@code ratio} is the cardiothoracic ratio, above 0.5. */
  record PericardialEffusion(double ratio) implements XrayFinding {
    @Override
    public Finding label() {
      return Finding.PERICARDIAL_EFFUSION;
    }
  }

  /** Retrocardiac stomach with an air-fluid level; {@code radius} of the sac. */
  record HiatalHernia(double radius) implements XrayFinding {
    @Override
    public Finding label() {
      return Finding.HIATAL_HERNIA;
    }
  }

  /** Wide central pulmonary arteries; {@code factor} over normal width, above 1. */
  record PulmonaryArteries(double factor) implements XrayFinding {
    @Override
    public Finding label() {
      return Finding.PULMONARY_ARTERY_ENLARGEMENT;
    }
  }

  /** A nasogastric tube with its tip below the left dome. */
  record NasogastricTube() implements XrayFinding {
    @Override
    public Finding label() {
      return Finding.NASOGASTRIC_TUBE;
    }
  }

  /** Wire loops that close the sternum after heart surgery. */
  record SternotomyWires(int count) implements XrayFinding {
    @Override
    public Finding label() {
      return Finding.STERNOTOMY_WIRES;
    }
  }
}
