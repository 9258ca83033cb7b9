package io.precordia.index;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.precordia.study.Modality;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene101.Lucene101Codec;
import org.apache.lucene.codecs.lucene99.Lucene99HnswScalarQuantizedVectorsFormat;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.store.MMapDirectory;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Exact top-10 beside Lucene's HNSW (int8) on the same unit vectors: {@code ./mvnw test -Pbench
 * -Dtest=SearchBenchTest}. Sizes by {@code -Dbench.rows} and {@code -Dbench.rival.rows}: building
 * the rival's graph over a million vectors takes long.
 */
@Tag("bench")
final class SearchBenchTest {
  private static final int DIMENSION = 256;
  private static final int QUERIES = 60;
  private static final int WARM_UP = 40;
  private static final int K = 10;

  @Test
  void exactTopTen(@TempDir Path folder) {
    run(Integer.getInteger("bench.rows", 1_000_000), false, folder);
  }

  @Test
  void besideLucene(@TempDir Path folder) {
    run(Integer.getInteger("bench.rival.rows", 100_000), true, folder);
  }

  private static float[] unit(Random random, float[][] centres) {
    float[] v = new float[DIMENSION];
    float[] centre = centres[random.nextInt(centres.length)];
    double squares = 0;
    for (int i = 0; i < DIMENSION; i++) {
      v[i] = centre[i] + (float) random.nextGaussian() / 16;
      squares += v[i] * v[i];
    }
    for (int i = 0; i < DIMENSION; i++) {
      v[i] /= (float) Math.sqrt(squares);
    }
    return v;
  }

  private static void run(int rows, boolean withRival, Path folder) {
    Random random = new Random(11);
    for (int clusters : new int[] {1, 2000}) {
      float[][] centres = new float[clusters][DIMENSION];
      if (clusters > 1) {
        for (float[] c : centres) {
          for (int i = 0; i < DIMENSION; i++) {
            c[i] = (float) random.nextGaussian() / 16;
          }
        }
      }
      String set = clusters == 1 ? "gaussian" : "clustered";
      var index = new ExactIndex(DIMENSION, 2);
      float[][] all = withRival ? new float[rows][] : null;
      long start = System.nanoTime();
      for (int i = 0; i < rows; i++) {
        float[] v = unit(random, centres);
        if (all != null) {
          all[i] = v;
        }
        index.add(
            List.of(
                new Entry(
                    Integer.toString(i),
                    0,
                    Modality.XRAY,
                    "s",
                    "t",
                    null,
                    null,
                    null,
                    null,
                    Set.of(),
                    v)));
      }
      System.out.printf(
          "%s: %,d x %d loaded (made and added) in %.1f s%n",
          set, rows, DIMENSION, (System.nanoTime() - start) / 1e9);
      float[][] queries = new float[QUERIES][];
      Arrays.setAll(queries, i -> unit(random, centres));
      for (int i = 0; i < WARM_UP; i++) {
        index.search(queries[i % QUERIES], Filter.NONE, K);
      }
      double[] ms = new double[QUERIES];
      var exact = new ArrayList<Set<String>>();
      for (int i = 0; i < QUERIES; i++) {
        long t = System.nanoTime();
        List<Hit> hits = index.search(queries[i], Filter.NONE, K);
        ms[i] = (System.nanoTime() - t) / 1e6;
        assertEquals(K, hits.size());
        exact.add(new HashSet<>(hits.stream().map(Hit::instance).toList()));
      }
      Arrays.sort(ms);
      System.out.printf(
          "%s: exact, 2 threads: median %.2f ms, p95 %.2f ms, recall 1.0 by bound%n",
          set, ms[QUERIES / 2], ms[QUERIES * 95 / 100]);
      if (all != null) {
        rival(set, all, queries, exact, folder.resolve(set));
      }
    }
  }

  private static void rival(
      String set, float[][] all, float[][] queries, List<Set<String>> exact, Path folder) {
    var codec =
        new Lucene101Codec() {
          @Override
          public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
            return new Lucene99HnswScalarQuantizedVectorsFormat();
          }
        };
    try (var directory = new MMapDirectory(folder)) {
      long start = System.nanoTime();
      try (var writer =
          new IndexWriter(
              directory, new IndexWriterConfig().setCodec(codec).setRAMBufferSizeMB(512))) {
        for (int i = 0; i < all.length; i++) {
          var document = new Document();
          document.add(new KnnFloatVectorField("v", all[i], VectorSimilarityFunction.DOT_PRODUCT));
          document.add(new StoredField("id", i));
          writer.addDocument(document);
        }
        writer.forceMerge(1);
      }
      double build = (System.nanoTime() - start) / 1e9;
      try (var reader = DirectoryReader.open(directory)) {
        var searcher = new IndexSearcher(reader);
        for (int beam : new int[] {10, 100}) {
          for (int i = 0; i < WARM_UP; i++) {
            searcher.search(new KnnFloatVectorQuery("v", queries[i % QUERIES], beam), K);
          }
          double[] ms = new double[QUERIES];
          int found = 0;
          for (int i = 0; i < QUERIES; i++) {
            long t = System.nanoTime();
            ScoreDoc[] hits =
                searcher.search(new KnnFloatVectorQuery("v", queries[i], beam), K).scoreDocs;
            ms[i] = (System.nanoTime() - t) / 1e6;
            for (ScoreDoc hit : hits) {
              if (exact.get(i).contains(Integer.toString(hit.doc))) {
                found++;
              }
            }
          }
          Arrays.sort(ms);
          System.out.printf(
              "%s: Lucene HNSW int8, k'=%d: build %.0f s, median %.2f ms, recall@10 %.3f%n",
              set, beam, build, ms[QUERIES / 2], found / (double) (QUERIES * K));
        }
      }
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
