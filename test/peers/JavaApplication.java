import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import net.sf.ehcache.Cache;
import net.sf.ehcache.CacheManager;
import net.sf.ehcache.Element;
import net.sf.ehcache.config.CacheConfiguration;
import net.sf.ehcache.config.Configuration;
import net.sf.ehcache.management.ManagementService;
import org.eclipse.jetty.io.ConnectionStatistics;
import org.eclipse.jetty.jmx.MBeanContainer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.handler.StatisticsHandler;
import org.eclipse.jetty.servlet.ServletContextHandler;
import org.eclipse.jetty.servlet.ServletHolder;
import org.eclipse.jetty.util.component.LifeCycle;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.jolokia.http.AgentServlet;

/** A Jetty with an agent of Jolokia, a cache and a session in it: java JavaApplication.java PORT */
public class JavaApplication {
  public static class Shop extends HttpServlet {
    private final Cache cache;

    Shop(Cache cache) {
      this.cache = cache;
    }

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
      String key = request.getParameter("key");
      if (key == null) {
        response.sendError(404);
        return;
      }
      if (request.getParameter("session") != null) request.getSession();
      if (cache.get(key) == null) cache.put(new Element(key, key));
      response.getWriter().println(key);
    }
  }

  public static void main(String[] args) throws Exception {
    QueuedThreadPool pool = new QueuedThreadPool(20, 4);
    Server server = new Server(pool);
    org.eclipse.jetty.server.ServerConnector connector = new org.eclipse.jetty.server.ServerConnector(server, 1, 1);
    connector.setHost("127.0.0.1");
    connector.setPort(Integer.parseInt(args[0]));
    connector.addBean(new ConnectionStatistics());
    server.addConnector(connector);
    server.addBean(new MBeanContainer(ManagementFactory.getPlatformMBeanServer()));

    CacheConfiguration users = new CacheConfiguration("users", 100);
    users.setStatistics(true);
    Configuration configuration = new Configuration().name("shop").cache(users);
    configuration.setUpdateCheck(false);
    CacheManager manager = new CacheManager(configuration);
    ManagementService.registerMBeans(manager, ManagementFactory.getPlatformMBeanServer(), true, true, true, true);

    ServletContextHandler context = new ServletContextHandler(ServletContextHandler.SESSIONS);
    context.setContextPath("/");
    context.addServlet(new ServletHolder(new AgentServlet()), "/jolokia/*");
    context.addServlet(new ServletHolder(new Shop(manager.getCache("users"))), "/shop");
    StatisticsHandler statistics = new StatisticsHandler();
    statistics.setHandler(context);
    server.setHandler(statistics);
    server.start();
    server.join();
  }
}
