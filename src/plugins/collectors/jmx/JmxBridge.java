import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.rmi.server.RMISocketFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.management.Attribute;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;

/**
 * Reads MBeans over RMI for a program that does not speak it. A line of the standard input is a request: words between
 * tabs, each encoded as in a form: id, host:port, user, password, and for each name or pattern two more: it, and its
 * attributes between commas. "close" and host:port closes a connection. Each request is answered by a line of JSON on the
 * standard output; the end of the input ends the program.
 */
public class JmxBridge {
  private static final int CONNECT_MS = 5_000;
  private static final int READ_MS = 20_000;
  private static final int MOST_BEANS = 5_000;
  private static final int LONGEST_TEXT = 1_000;

  private final Map<String, JMXConnector> connectors = new ConcurrentHashMap<>();
  private final PrintStream out = new PrintStream(System.out, false, StandardCharsets.UTF_8);

  public static void main(String[] args) throws IOException {
    RMISocketFactory.setSocketFactory(new LimitedSockets());
    new JmxBridge().serve(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
    System.exit(0);
  }

  private void serve(BufferedReader in) throws IOException {
    ExecutorService workers = Executors.newCachedThreadPool();
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      List<String> words = new ArrayList<>();
      for (String word : line.split("\t", -1)) words.add(URLDecoder.decode(word, StandardCharsets.UTF_8));
      workers.execute(() -> {
        if (words.get(0).equals("close")) close(words.get(1));
        else say(answer(words));
      });
    }
  }

  private synchronized void say(String line) {
    out.print(line + "\n");
    out.flush();
  }

  private String answer(List<String> words) {
    String id = words.get(0);
    try {
      return "{\"id\":" + id + ",\"answers\":" + read(words, connectors.containsKey(keyOf(words))) + "}";
    } catch (SecurityException error) {
      return failed(id, "auth", error);
    } catch (IOException error) {
      return failed(id, isForeign(error) ? "protocol" : "unreachable", error);
    } catch (Exception error) {
      return failed(id, "answer", error);
    }
  }

  /** A kept connection may have gone since: then everything is read anew, once. */
  private String read(List<String> words, boolean isKept) throws IOException, JMException {
    try {
      MBeanServerConnection server = connect(words).getMBeanServerConnection();
      List<String> readings = new ArrayList<>();
      int[] budget = {MOST_BEANS};
      for (int i = 4; i + 1 < words.size(); i += 2) {
        readings.add(readBeans(server, words.get(i), words.get(i + 1).split(","), budget));
      }
      return "[" + String.join(",", readings) + "]";
    } catch (IOException error) {
      close(words.get(1));
      if (!isKept) throw error;
      return read(words, false);
    }
  }

  private JMXConnector connect(List<String> words) throws IOException {
    String key = keyOf(words);
    JMXConnector known = connectors.get(key);
    if (known != null) return known;
    JMXServiceURL url = new JMXServiceURL("service:jmx:rmi:///jndi/rmi://" + words.get(1) + "/jmxrmi");
    Map<String, Object> environment = new HashMap<>();
    if (!words.get(2).isEmpty()) {
      environment.put(JMXConnector.CREDENTIALS, new String[] {words.get(2), words.get(3)});
    }
    JMXConnector connector = JMXConnectorFactory.connect(url, environment);
    connectors.put(key, connector);
    return connector;
  }

  private static String keyOf(List<String> words) {
    return words.get(1) + "\t" + words.get(2) + "\t" + words.get(3);
  }

  private void close(String address) {
    for (String key : connectors.keySet()) {
      if (!key.startsWith(address + "\t")) continue;
      JMXConnector connector = connectors.remove(key);
      try {
        if (connector != null) connector.close();
      } catch (IOException gone) {
        // It has gone already.
      }
    }
  }

  private static String readBeans(MBeanServerConnection server, String text, String[] attributes, int[] budget)
      throws IOException, JMException {
    ObjectName name = new ObjectName(text);
    Set<ObjectName> names = name.isPattern() ? new TreeSet<>(server.queryNames(name, null)) : Set.of(name);
    List<String> beans = new ArrayList<>();
    for (ObjectName one : names) {
      if (budget[0]-- <= 0) break;
      Map<String, Object> values = readAttributes(server, one, attributes);
      if (values.isEmpty()) continue;
      beans.add("{\"name\":" + quoted(one.getCanonicalName()) + ",\"attributes\":" + json(values) + "}");
    }
    return "{\"asked\":" + quoted(text) + ",\"beans\":[" + String.join(",", beans) + "]}";
  }

  private static Map<String, Object> readAttributes(MBeanServerConnection server, ObjectName name, String[] attributes)
      throws IOException {
    Map<String, Object> values = new HashMap<>();
    try {
      for (Attribute one : server.getAttributes(name, attributes).asList()) values.put(one.getName(), one.getValue());
    } catch (InstanceNotFoundException none) {
      return values;
    } catch (java.rmi.UnmarshalException | JMException | RuntimeException together) {
      // One of them is of a class that is not known here: the others are read one by one.
      for (String attribute : attributes) {
        try {
          values.put(attribute, server.getAttribute(name, attribute));
        } catch (java.rmi.UnmarshalException | JMException | RuntimeException alone) {
          // This one has no value that could be read.
        }
      }
    }
    return values;
  }

  private static String json(Object value) {
    if (value == null) return "null";
    if (value instanceof Double || value instanceof Float) {
      double number = ((Number) value).doubleValue();
      return Double.isFinite(number) ? value.toString() : "null";
    }
    if (value instanceof Number || value instanceof Boolean) return value.toString();
    // Before maps: a table is one as well, by keys that are lists.
    if (value instanceof CompositeData) return object(fieldsOf((CompositeData) value));
    if (value instanceof TabularData) return object(rowsOf((TabularData) value));
    if (value instanceof Map) return object((Map<?, ?>) value);
    if (value.getClass().isArray() || value instanceof Collection) return "null";
    String text = value.toString();
    return quoted(text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) : text);
  }

  private static Map<String, Object> fieldsOf(CompositeData data) {
    Map<String, Object> fields = new HashMap<>();
    for (String key : data.getCompositeType().keySet()) fields.put(key, data.get(key));
    return fields;
  }

  /** Rows by their index; a table of a map has the columns key and value. */
  private static Map<String, Object> rowsOf(TabularData table) {
    Map<String, Object> rows = new HashMap<>();
    for (Object one : table.values()) {
      CompositeData row = (CompositeData) one;
      boolean isMap = row.containsKey("key") && row.containsKey("value");
      List<String> index = new ArrayList<>();
      for (String column : table.getTabularType().getIndexNames()) index.add(String.valueOf(row.get(column)));
      rows.put(String.join(",", index), isMap ? row.get("value") : row);
    }
    return rows;
  }

  private static String object(Map<?, ?> map) {
    List<String> pairs = new ArrayList<>();
    for (Map.Entry<?, ?> pair : map.entrySet()) {
      pairs.add(quoted(String.valueOf(pair.getKey())) + ":" + json(pair.getValue()));
    }
    return "{" + String.join(",", pairs) + "}";
  }

  private static String quoted(String text) {
    StringBuilder quoted = new StringBuilder("\"");
    for (char c : text.toCharArray()) {
      if (c == '"' || c == '\\') quoted.append('\\').append(c);
      else if (c < ' ' || Character.isSurrogate(c)) quoted.append(String.format("\\u%04x", (int) c));
      else quoted.append(c);
    }
    return quoted.append('"').toString();
  }

  private static boolean isForeign(Throwable error) {
    return causes(error).contains("non-JRMP server");
  }

  private static String failed(String id, String kind, Throwable error) {
    return "{\"id\":" + id + ",\"error\":" + quoted(kind) + ",\"message\":" + quoted(causes(error)) + "}";
  }

  /** The messages of an error and of its causes that say something new. */
  private static String causes(Throwable error) {
    List<String> messages = new ArrayList<>();
    for (Throwable one = error; one != null && messages.size() < 5; one = one.getCause()) {
      String text = one.getMessage() == null ? one.getClass().getSimpleName() : one.getMessage().split("[\r\n]")[0].trim();
      if (messages.isEmpty() || !messages.get(messages.size() - 1).contains(text)) messages.add(text);
    }
    return String.join(": ", messages);
  }

  /** RMI itself waits for ever. */
  private static class LimitedSockets extends RMISocketFactory {
    @Override
    public Socket createSocket(String host, int port) throws IOException {
      Socket socket = new Socket();
      socket.connect(new InetSocketAddress(host, port), CONNECT_MS);
      socket.setSoTimeout(READ_MS);
      return socket;
    }

    @Override
    public ServerSocket createServerSocket(int port) throws IOException {
      return new ServerSocket(port);
    }
  }
}
