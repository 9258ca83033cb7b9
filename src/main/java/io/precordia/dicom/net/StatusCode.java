package io.precordia.dicom.net;

/** Status values of DIMSE responses (PS3.7 annex C, PS3.4). */
public final class StatusCode {
  public static final int SUCCESS = 0x0000;
  public static final int PROCESSING_FAILURE = 0x0110;
  public static final int DUPLICATE_SOP_INSTANCE = 0x0111;
  public static final int NO_SUCH_OBJECT_INSTANCE = 0x0112;
  public static final int NO_SUCH_EVENT_TYPE = 0x0113;
  public static final int INVALID_ARGUMENT_VALUE = 0x0115;
  public static final int INVALID_OBJECT_INSTANCE = 0x0117;
  public static final int NO_SUCH_SOP_CLASS = 0x0118;
  public static final int MISSING_ATTRIBUTE = 0x0120;
  public static final int SOP_CLASS_NOT_SUPPORTED = 0x0122;
  public static final int NO_SUCH_ACTION_TYPE = 0x0123;
  public static final int NOT_AUTHORIZED = 0x0124;
  public static final int UNRECOGNIZED_OPERATION = 0x0211;
  public static final int MISTYPED_ARGUMENT = 0x0212;
  public static final int OUT_OF_RESOURCES = 0xA700;
  public static final int UNABLE_TO_PERFORM_SUB_OPERATIONS = 0xA702;
  public static final int MOVE_DESTINATION_UNKNOWN = 0xA801;
  public static final int DATA_SET_DOES_NOT_MATCH = 0xA900;
  public static final int SUB_OPERATIONS_WITH_FAILURES = 0xB000;
  public static final int DATA_SET_DOES_NOT_MATCH_WARNING = 0xB007;
  public static final int CANNOT_UNDERSTAND = 0xC000;
  public static final int CANCEL = 0xFE00;
  public static final int PENDING = 0xFF00;
  public static final int PENDING_WARNING = 0xFF01;

  private StatusCode() {}

  /** Whether the operation was performed, maybe with a warning (PS3.7 C.1). */
  public static boolean performed(int status) {
    return status == SUCCESS
        || (status & 0xF000) == 0xB000
        || status == 0x0001
        || status == 0x0107
        || status == 0x0116;
  }

  /**
   * Whether the same request may succeed later: out of resources, busy, or a fault of the moment.
   */
  public static boolean transientFailure(int status) {
    return (status & 0xFF00) == 0xA700
        || status == PROCESSING_FAILURE
        || status == 0x0213; // resource limitation
  }
}
