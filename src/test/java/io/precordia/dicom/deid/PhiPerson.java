package io.precordia.dicom.deid;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A made-up patient with the people and places around.
 *
 * @param charset Specific Character Set, values parted by backslash
 * @param name PN value
 * @param inText the name as a typist writes it in a text
 * @param parts strings that identify
 */
record PhiPerson(
    String charset,
    String name,
    String inText,
    List<String> parts,
    String id,
    String issuer,
    String accession,
    LocalDate birth,
    int age,
    LocalDate study,
    String physician,
    String reader,
    String operator,
    String institution,
    String address,
    String phone,
    String station,
    String serial) {

  private static final String[] FAMILY = {
    "Smith",
    "Johansson",
    "O'Connell",
    "Fitzgerald",
    "Kowalski",
    "Abernathy",
    "Lindqvist",
    "Garcia",
    "Papadakis",
    "Whitfield",
    "Okonkwo",
    "Szczepanski",
    "Delacroix",
    "Vandenberg",
    "McAllister"
  };
  private static final String[] GIVEN = {
    "John",
    "Brigitte",
    "Ronald",
    "Helga",
    "Marguerite",
    "Tobias",
    "Ngozi",
    "Ludmila",
    "Patrick",
    "Rosalind",
    "Wolfgang",
    "Henrietta"
  };

  /** Character set, PN value, name in text. */
  private static final String[][] FOREIGN = {
    {"ISO_IR 100", "Müller-Lüdenscheidt^Jörg", "Jörg Müller-Lüdenscheidt"},
    {"ISO_IR 100", "Ångström^Åsa", "Åsa Ångström"},
    {"ISO_IR 100", "Núñez Ibáñez^José María", "José María Núñez Ibáñez"},
    {"ISO_IR 100", "Müller^Käthe", "Kaethe Mueller"},
    {"ISO_IR 101", "Wałęsa^Małgorzata", "Małgorzata Wałęsa"},
    {"ISO_IR 144", "Люксембург^Розалия", "Розалия Люксембург"},
    {"ISO_IR 126", "Διονυσίου^Ελένη", "Ελένη Διονυσίου"},
    {"ISO_IR 138", "שרון^דבורה", "דבורה שרון"},
    {"\\ISO 2022 IR 87", "Yamada^Tarou=山田^太郎=やまだ^たろう", "山田太郎"},
    {"\\ISO 2022 IR 87", "Takahashi^Hanako=高橋^花子=たかはし^はなこ", "高橋 花子"},
    {"\\ISO 2022 IR 149", "Hong^Gildong=洪^吉洞=홍^길동", "홍길동"},
    {"\\ISO 2022 IR 149", "Kimura^Jiyeong=金^智英=김^지영", "김지영"},
    {"ISO_IR 192", "Wang^XiaoDong=王^小东=", "王小东"},
    {"ISO_IR 192", "Łukasiewicz^Żaneta", "Żaneta Łukasiewicz"},
    {"GB18030", "Zhang^XiaoMing=张^小明=", "张小明"}
  };

  static PhiPerson of(Random r) {
    String[] who = FOREIGN[r.nextInt(FOREIGN.length)];
    if (r.nextInt(2) == 0) {
      String family = pick(r, FAMILY);
      String given = pick(r, GIVEN);
      String text =
          switch (r.nextInt(5)) {
            case 0 -> family.toUpperCase(java.util.Locale.ROOT) + ", " + given;
            case 1 -> "Mr. " + given + " " + family;
            case 2 -> family;
            case 3 -> given + " " + family.toLowerCase(java.util.Locale.ROOT);
            default ->
                given.toUpperCase(java.util.Locale.ROOT)
                    + "_"
                    + family.toUpperCase(java.util.Locale.ROOT);
          };
      who = new String[] {r.nextBoolean() ? "" : "ISO_IR 100", family + "^" + given, text};
    }
    List<String> parts = new ArrayList<>();
    for (String part : who[1].split("[=^ ]")) {
      if (part.length() >= 2) {
        parts.add(part);
      }
    }
    LocalDate study = LocalDate.of(2009, 1, 1).plusDays(r.nextInt(5500));
    int age = r.nextInt(4) == 0 ? 88 + r.nextInt(17) : 18 + r.nextInt(70);
    String digits = String.valueOf(1_000_000 + r.nextInt(9_000_000));
    String id =
        switch (r.nextInt(3)) {
          case 0 -> digits;
          case 1 -> "MRN-" + digits;
          default -> "K" + digits.substring(0, 3) + "/" + digits.substring(3);
        };
    String hospital = pick(r, new String[] {"Elsewhere", "Northmoor", "Bellevale", "Kingsreach"});
    return new PhiPerson(
        who[0],
        who[1],
        who[2],
        parts,
        id,
        "ISS" + hospital.toUpperCase(java.util.Locale.ROOT),
        "ACC" + (100_000 + r.nextInt(900_000)),
        study.minusYears(age).minusDays(1 + r.nextInt(300)),
        age,
        study,
        pick(r, new String[] {"Thornbury", "Castellane", "Uhlenhorst"}) + "^" + pick(r, GIVEN),
        pick(r, new String[] {"Rasmussenova", "Feathersby", "Blumenkron"}) + "^" + pick(r, GIVEN),
        pick(r, new String[] {"Quillfeather", "Strandgaard"}) + "^" + pick(r, GIVEN),
        hospital + " General Hospital",
        (1 + r.nextInt(99)) + " Larkspur Crescent",
        "555-" + (100 + r.nextInt(900)) + "-" + (1000 + r.nextInt(9000)),
        "STN" + hospital.toUpperCase(java.util.Locale.ROOT) + r.nextInt(9),
        "SN" + (10_000_000 + r.nextInt(90_000_000)));
  }

  String birthDate() {
    return DateTimeFormatter.BASIC_ISO_DATE.format(birth);
  }

  String studyDate() {
    return DateTimeFormatter.BASIC_ISO_DATE.format(study);
  }

  static String pick(Random r, String[] of) {
    return of[r.nextInt(of.length)];
  }
}
