package io.precordia.fhir;

import io.precordia.store.InstanceRecord;
import io.precordia.study.ModelRef;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.Optional;
import org.hl7.fhir.r4.model.CodeableConcept;
import org.hl7.fhir.r4.model.Coding;
import org.hl7.fhir.r4.model.Device;
import org.hl7.fhir.r4.model.Reference;
import org.hl7.fhir.r4.model.Resource;

/** The models that answer now, each a device with its digest as identifier. It has no UDI. */
@Singleton
public class DeviceKind implements ResourceKind {
  private static final int DIGITS = 32;
  private final Findings findings;

  DeviceKind(Findings findings) {
    this.findings = findings;
  }

  static Reference reference(ModelRef model) {
    return new Reference("Device/" + id(model));
  }

  private static String id(ModelRef model) {
    return "model-" + model.sha256().substring(0, Math.min(DIGITS, model.sha256().length()));
  }

  @Override
  public String type() {
    return "Device";
  }

  @Override
  public Optional<Resource> read(String id) {
    return others().stream().filter(d -> d.getIdElement().getIdPart().equals(id)).findFirst();
  }

  @Override
  public List<Resource> at(InstanceRecord instance) {
    return List.of();
  }

  @Override
  public List<Resource> others() {
    return findings.models().stream().map(m -> (Resource) device(m)).toList();
  }

  private static Device device(ModelRef model) {
    Device device = new Device();
    device.setId(id(model));
    device.addIdentifier().setSystem(Systems.MODEL_DIGEST).setValue(model.sha256());
    device.setStatus(Device.FHIRDeviceStatus.ACTIVE);
    device.setManufacturer("Precordia");
    device.addDeviceName().setName(model.id()).setType(Device.DeviceNameType.MODELNAME);
    device.setModelNumber(model.id());
    device.setType(new CodeableConcept().setText("Zero-shot classification model (software)"));
    device.addVersion().setValue(model.version());
    Device.DevicePropertyComponent preprocessing = device.addProperty();
    preprocessing.setType(
        Systems.concept(Systems.PROPERTY, "preprocessing", "Preprocessing constants"));
    preprocessing.addValueCode(new CodeableConcept().setText(model.preprocessing()));
    device.addNote().setText(FindingsReport.NOT_FOR_CLINICAL_USE);
    return device;
  }

  @Override
  public boolean ofPatient() {
    return false;
  }

  @Override
  public List<SearchParam> parameters() {
    return List.of(
        Match.identifier(
            "Digest of the model folder (system " + Systems.MODEL_DIGEST + ")",
            Device.class,
            Device::getIdentifier),
        Match.token(
            "status",
            "active",
            Device.class,
            d -> List.of(new Coding(d.getStatus().getSystem(), d.getStatus().toCode(), null))));
  }
}
