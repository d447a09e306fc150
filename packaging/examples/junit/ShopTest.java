// A payment tested against a local WeChat with JUnit 5; wxkit is in PATH. Shorter: wxkit mock -- mvn test
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.net.URI;
import java.net.http.*;
import java.security.MessageDigest;
import java.util.*;
import org.junit.jupiter.api.*;

class ShopTest {
    static Process gateway;
    static String url;
    static final String KEY = "wxkitmockpaykey0wxkitmockpaykey0"; // published: wxkit mock --print-env

    @BeforeAll
    static void start() throws Exception {
        // With --until-eof the gateway ends when this process does, however it does.
        gateway = new ProcessBuilder("wxkit", "mock", "--quiet", "--until-eof", "--listen", "127.0.0.1:0")
            .redirectError(ProcessBuilder.Redirect.INHERIT).start();
        url = gateway.inputReader().readLine();
    }

    @AfterAll
    static void stop() throws Exception {
        gateway.getOutputStream().close();
        gateway.waitFor();
    }

    /** The program under test: places an order, as any SDK does. */
    static String order(String key) throws Exception {
        var fields = new TreeMap<>(Map.of("appid", "wx00c0ffee00c0ffee", "mch_id", "1900000109", "nonce_str", "n",
            "body", "tea", "out_trade_no", "20250101001", "total_fee", "880", "spbill_create_ip", "127.0.0.1",
            "notify_url", "http://127.0.0.1:9/", "trade_type", "NATIVE", "product_id", "1"));
        var signed = String.join("&", fields.entrySet().stream().map(Object::toString).toList()) + "&key=" + key;
        var digest = MessageDigest.getInstance("MD5").digest(signed.getBytes("UTF-8"));
        fields.put("sign", String.format("%032X", new BigInteger(1, digest)));
        var xml = new StringBuilder("<xml>");
        fields.forEach((name, value) -> xml.append("<%1$s>%2$s</%1$s>".formatted(name, value)));
        return call("POST", "/pay/unifiedorder", xml + "</xml>");
    }

    static String call(String method, String path, String body) throws Exception {
        var content = HttpRequest.BodyPublishers.ofString(body);
        var request = HttpRequest.newBuilder(URI.create(url + path)).method(method, content).build();
        return HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
    }

    @Test
    void aPaidOrderIsPaid() throws Exception {
        assertTrue(order(KEY).contains("code_url"));
        call("POST", "/_mock/orders/20250101001/pay", "");
        assertTrue(call("GET", "/_mock/orders/20250101001", "").contains("\"trade_state\":\"SUCCESS\""));
    }

    @Test
    void aWrongKeyIsRefusedInWechatsWords() throws Exception {
        assertTrue(order("wrong").contains("签名错误"));
    }
}
