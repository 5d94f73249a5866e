"""More files in the manner of other people's tools, whole ones with pools, lanes and pictures, as those tools lay them down."""

from __future__ import annotations

from tests.sop_catalog.exchange.foreign_pieces import LINE, UTF8, edge, file, line, picture, shape

XSD = "http://www.w3.org/2001/XMLSchema"


def _bonita() -> str:
    items = (
        '<model:import importType="http://www.w3.org/2001/XMLSchema" location="permohonan.xsd" namespace="http://contoh.test/permohonan"/>'
        '<model:itemDefinition id="_itemTeks" structureRef="n0:java.lang.String"/><model:itemDefinition id="_itemTanya" isCollection="false" structureRef="n0:java.lang.Boolean"/>'
    )
    task = (
        '<model:userTask id="t" name="Periksa permohonan"><model:ioSpecification id="io"><model:dataInput id="di_1" itemSubjectRef="_itemTeks"/><model:inputSet id="is_1"><model:dataInputRefs>di_1</model:dataInputRefs></model:inputSet>'
        '<model:outputSet id="os_1"/></model:ioSpecification><model:performer id="pf"><model:resourceRef>petugas</model:resourceRef></model:performer></model:userTask>'
    )
    body = line("model", task, more='<model:dataObject id="do" name="layak" itemSubjectRef="_itemTanya"/>')
    pool = '<model:collaboration id="kolab"><model:participant id="kolam" name="Permohonan" processRef="proses"/></model:collaboration>'
    return file(
        "model",
        pool + items + '<model:resource id="petugas" name="Petugas"/>' + body + LINE.replace('"proses"', '"kolab"'),
        ' exporter="BonitaSoft" exporterVersion="7.11.0" expressionLanguage="http://groovy.codehaus.org/" typeLanguage="http://www.w3.org/2001/XMLSchema"',
        n0="http://www.w3.org/2001/XMLSchema",
        bonitaConnector="http://www.bonitasoft.org/studio/connector/definition/6.0",
    )


def _visual_paradigm() -> str:
    """Pools from top to bottom, the tool's own model beside its elements."""
    lanes = '<laneSet id="ls"><lane id="la" name="Loket"><extensionElements><vp:properties vp:zOrder="3"/></extensionElements><flowNodeRef>s</flowNodeRef><flowNodeRef>t</flowNodeRef></lane><lane id="lb" name="Kepala"><flowNodeRef>e</flowNodeRef></lane></laneSet>'
    task = '<task id="t" name="Terima surat"><documentation textFormat="text/html">&lt;html&gt;&lt;body&gt;&lt;p&gt;Surat &lt;b&gt;asli&lt;/b&gt;&lt;/p&gt;&lt;/body&gt;&lt;/html&gt;</documentation><extensionElements><vp:taskType vp:state="ok"><vp:raci vp:role="R">Loket</vp:raci></vp:taskType></extensionElements></task>'
    drawn = picture(
        "kolab",
        shape("kolam", 20, 20, 400, 600, ' isHorizontal="false"'),
        shape("la", 20, 50, 200, 570, ' isHorizontal="false"'),
        shape("lb", 220, 50, 200, 570, ' isHorizontal="false"'),
        shape("s", 100, 80, 36, 36),
        shape(
            "t",
            70,
            200,
            inside='<bpmndi:BPMNLabel><dc:Bounds height="12.5" width="60.25" x="90" y="230"/></bpmndi:BPMNLabel>',
        ),
        shape("e", 300, 500, 36, 36),
        edge("f1", (118, 116), (118, 200)),
        edge("f2", (118, 280), (118, 518), (300, 518)),
    )
    body = line("", task).replace(">", f">{lanes}", 1)
    pool = '<collaboration id="kolab" name="BPD 1"><participant id="kolam" name="Kantor" processRef="proses"/></collaboration>'
    return file(
        "",
        pool + body + drawn,
        ' exporter="Visual Paradigm" exporterVersion="17.0"',
        vp="http://www.visual-paradigm.com/bpmn",
    )


def _enterprise_architect() -> str:
    task = (
        '<bpmn:task completionQuantity="1" id="t" isForCompensation="false" name="Verifikasi data" startQuantity="1"><bpmn:extensionElements>'
        '<EA:taggedValues><EA:tag name="taskType" value="Manual" ea_guid="{9A1B-0001}"/><EA:tag name="loopCharacteristics" value="None"/></EA:taggedValues>'
        "</bpmn:extensionElements><bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing></bpmn:task>"
    )
    body = line("bpmn", task, head='id="EAPK_7C2F" name="Verifikasi" isClosed="false" processType="None"')
    drawn = LINE.replace('"proses"', '"EAPK_7C2F"').replace('id="d"', 'id="EADG_1" documentation="" resolution="1.0"')
    return file(
        "bpmn",
        body + drawn,
        ' exporter="Enterprise Architect" exporterVersion="15.2"',
        EA="http://www.sparxsystems.com/ea",
    )


def _igrafx() -> str:
    more = (
        '<exclusiveGateway id="g" name="Lengkap?" gatewayDirection="Diverging"/><sequenceFlow id="f3" name="Ya" sourceRef="t" targetRef="g"/>'
        '<sequenceFlow id="f4" name="" sourceRef="g" targetRef="e"><extensionElements><ig:probability value="0.7"/></extensionElements></sequenceFlow>'
    )
    task = '<task id="t" name="Hitung"><extensionElements><ig:simulation><ig:duration distribution="normal" mean="PT1H" deviation="PT5M"/><ig:cost currency="IDR">150000.00</ig:cost></ig:simulation></extensionElements></task>'
    drawn = picture(
        "proses",
        shape("t", 200, 80),
        shape("g", 350, 95, 50, 50, ' isMarkerVisible="true"'),
        edge("f3", (300, 120), (350, 120)),
    )
    return file("", line("", task, more=more) + drawn, ' exporter="iGrafx"', ig="http://www.igrafx.com/bpmn/extension")


def _cawemo() -> str:
    icon = "data:image/svg+xml;utf8,%3Csvg xmlns='http://www.w3.org/2000/svg'%3E%3Cpath d='M0 0h9v9z'/%3E%3C/svg%3E"
    task = (
        f'<bpmn:serviceTask id="t" name="Kirim pesan" zeebe:modelerTemplate="io.contoh.pesan.v1" zeebe:modelerTemplateVersion="2" zeebe:modelerTemplateIcon="{icon}"><bpmn:extensionElements>'
        '<zeebe:taskDefinition type="io.contoh:pesan:1"/><zeebe:ioMapping><zeebe:input source="=&#34;Halo &#34; + nama" target="isi"/></zeebe:ioMapping><zeebe:properties><zeebe:property name="versi" value="1"/></zeebe:properties>'
        "</bpmn:extensionElements></bpmn:serviceTask>"
    )
    start = '<bpmn:startEvent id="s" name="Mulai"><bpmn:extensionElements><zeebe:properties><zeebe:property name="a" /></zeebe:properties></bpmn:extensionElements><bpmn:timerEventDefinition id="te"><bpmn:timeCycle xsi:type="bpmn:tFormalExpression">=cycle(3, duration("PT1H"))</bpmn:timeCycle></bpmn:timerEventDefinition></bpmn:startEvent>'
    top = ' exporter="Camunda Web Modeler" exporterVersion="a1b2c3d" modeler:executionPlatform="Camunda Cloud" modeler:executionPlatformVersion="8.4.0"'
    return file(
        "bpmn",
        line("bpmn", task, start) + LINE,
        top,
        zeebe="http://camunda.org/schema/zeebe/1.0",
        modeler="http://camunda.org/schema/modeler/1.0",
    )


def _modelio() -> str:
    task = '<userTask completionQuantity="1" id="t" implementation="##unspecified" isForCompensation="false" name="Tugas" startQuantity="1"><extensionElements/><incoming>f1</incoming><outgoing>f2</outgoing><ioSpecification id="io"><inputSet id="i"/><outputSet id="o"/></ioSpecification></userTask>'
    head = 'id="proses" isClosed="true" isExecutable="false" name="Proses" processType="None"'
    return file(
        "",
        "<extensionElements/>" + line("", task, head=head) + LINE.replace("<dc:Bounds", "<dc:Bounds "),
        ' exporter="Modelio" name="Diagram"',
    )


def _eclipse() -> str:
    """The modeller of Eclipse: styles in extensions, sources and targets of edges, labels with ids."""
    style = '<bpmn2:extensionElements><ext:style ext:shapeBackground="#E7C1D7" ext:labelFont="Sans,9,-,-,-,-"/></bpmn2:extensionElements>'
    task = f'<bpmn2:userTask id="t" name="Tulis" implementation="##unspecified">{style}<bpmn2:incoming>f1</bpmn2:incoming><bpmn2:outgoing>f2</bpmn2:outgoing><bpmn2:property id="Prop_1" itemSubjectRef="Item_1" name="a"/></bpmn2:userTask>'
    drawn = picture(
        "proses",
        shape(
            "s",
            10,
            10,
            36,
            36,
            inside='<bpmndi:BPMNLabel id="L1" labelStyle="Gaya_1"><dc:Bounds height="13.0" width="0.0" x="28.0" y="46.0"/></bpmndi:BPMNLabel>',
        ),
        shape("t", 100, 10, more=' isExpanded="true"'),
        edge(
            "f1",
            (46, 28),
            (100, 28),
            more=' sourceElement="s_di" targetElement="t_di"',
            inside='<bpmndi:BPMNLabel id="L2"/>',
        ).replace("<di:waypoint ", '<di:waypoint xsi:type="dc:Point" '),
    )
    styles = '<bpmndi:BPMNLabelStyle id="Gaya_1"><dc:Font name="arial" size="9.0"/></bpmndi:BPMNLabelStyle></bpmndi:BPMNDiagram>'
    body = '<bpmn2:itemDefinition id="Item_1" isCollection="false" structureRef="xs:string"/>' + line("bpmn2", task)
    return file(
        "bpmn2",
        body + drawn.replace("</bpmndi:BPMNDiagram>", styles),
        ' exporter="org.eclipse.bpmn2.modeler.core" exporterVersion="1.5.3"',
        ext="http://org.eclipse.bpmn2/ext",
        xs=XSD,
    )


def _oracle() -> str:
    """No picture of the standard's; places are in its own extension."""
    places = '<extensionElements><ora:GraphicsAttributes><ora:Position x="{0}.0" y="120.0"/><ora:Color>Default</ora:Color></ora:GraphicsAttributes><ora:Features><ora:Feature key="isDraft"><ora:Value>false</ora:Value></ora:Feature></ora:Features></extensionElements>'
    task = f'<userTask id="t" name="Setuju">{places.format(200)}</userTask>'
    start = f'<startEvent id="s">{places.format(80)}</startEvent>'
    return file("", line("", task, start), ' exporter="Oracle BPM"', ora="http://xmlns.oracle.com/bpm/OracleExtensions")


def _integration_flow() -> str:
    """What a tool for wiring systems together keeps: properties as elements without a namespace."""

    def said(key: str, value: str) -> str:
        return f"<ifl:property><key>{key}</key><value>{value}</value></ifl:property>"

    pools = (
        f'<bpmn2:collaboration id="c" name="Kolaborasi"><bpmn2:extensionElements>{said("namespaceMapping", "")}{said("log", "All events")}</bpmn2:extensionElements>'
        '<bpmn2:participant id="p1" ifl:type="EndpointSender" name="Pengirim"><bpmn2:extensionElements>'
        + said("enableBasicAuthentication", "false")
        + '</bpmn2:extensionElements></bpmn2:participant><bpmn2:participant id="p2" ifl:type="IntegrationProcess" name="Alur" processRef="proses"/>'
        f'<bpmn2:messageFlow id="mf" name="HTTPS" sourceRef="p1" targetRef="s"><bpmn2:extensionElements>{said("address", "/contoh")}</bpmn2:extensionElements></bpmn2:messageFlow></bpmn2:collaboration>'
    )
    task = f'<bpmn2:callActivity id="t" name="Ubah isi"><bpmn2:extensionElements>{said("activityType", "Enricher")}{said("bodyType", "constant")}</bpmn2:extensionElements></bpmn2:callActivity>'
    start = '<bpmn2:startEvent id="s" name="Mulai"><bpmn2:messageEventDefinition/></bpmn2:startEvent>'
    drawn = picture(
        "c",
        shape("p1", 10, 10, 100, 140),
        shape("p2", 200, 10, 600, 220),
        shape("s", 240, 100, 32, 32),
        edge("mf", (110, 80), (240, 116)),
    )
    return file("bpmn2", pools + line("bpmn2", task, start) + drawn, ifl="http:///com.sap.ifl.model/Ifl.xsd")


def _processmaker() -> str:
    task = '<bpmn:task id="t" name="Isi formulir" pm:screenRef="12" pm:allowInterstitial="true" pm:assignment="user_group" pm:assignmentRules="[]" pm:config="{&#34;web_entry&#34;:null,&#34;email&#34;:{&#34;subject&#34;:&#34;&#34;}}"><bpmn:incoming>f1</bpmn:incoming><bpmn:outgoing>f2</bpmn:outgoing></bpmn:task>'
    start = '<bpmn:startEvent id="s" name="Mulai" pm:allowInterstitial="true" pm:color="#B9D1E9"/>'
    return file(
        "bpmn",
        line("bpmn", task, start) + LINE,
        pm="http://processmaker.com/BPMN/2.0/Schema.xsd",
        tns="http://contoh.test/bpmn",
    )


def _tibco() -> str:
    task = '<bpmn:serviceTask id="t" name="Panggil layanan" tibex:noBusinessKey="1"><bpmn:extensionElements><tibex:impl implementationType="CUSTOM"><scripts xmlns=""><script language="js"><![CDATA[if (a < 1 && b > 2) { c = "]]]]><![CDATA[>"; }]]></script></scripts></tibex:impl></bpmn:extensionElements></bpmn:serviceTask>'
    return file("bpmn", line("bpmn", task) + LINE, tibex="http://www.tibco.com/bpmn/2010/BPMN/Extensions")


def _sub_processes() -> str:
    """Sub-processes in sub-processes, closed and open, with events on their border, as modellers for engines write them."""
    inner = '<subProcess id="sp2" name="Dalam"><startEvent id="s2"/><scriptTask id="st" name="Hitung" scriptFormat="groovy"><script><![CDATA[x = 1 < 2]]></script></scriptTask><endEvent id="e2"><terminateEventDefinition id="td"/></endEvent><sequenceFlow id="g1" sourceRef="s2" targetRef="st"/><sequenceFlow id="g2" sourceRef="st" targetRef="e2"/></subProcess>'
    outer = f'<subProcess id="t" name="Luar" triggeredByEvent="false"><multiInstanceLoopCharacteristics isSequential="true" flowable:collection="${{orang}}" flowable:elementVariable="satu"><loopCardinality>3</loopCardinality><completionCondition>${{selesai}}</completionCondition></multiInstanceLoopCharacteristics><startEvent id="s1"/>{inner}<endEvent id="e1"/><sequenceFlow id="h1" sourceRef="s1" targetRef="sp2"/><sequenceFlow id="h2" sourceRef="sp2" targetRef="e1"/></subProcess>'
    more = '<boundaryEvent id="b" attachedToRef="t" cancelActivity="false"><signalEventDefinition signalRef="sg"/></boundaryEvent><boundaryEvent id="bc" attachedToRef="t"><compensateEventDefinition/></boundaryEvent><serviceTask id="k" isForCompensation="true"/><association id="as" associationDirection="One" sourceRef="bc" targetRef="k"/>'
    drawn = picture(
        "proses",
        shape("t", 100, 100, 400, 200, ' isExpanded="true"'),
        shape("sp2", 200, 150, 100, 80, ' isExpanded="false"'),
        shape("b", 300, 282, 36, 36),
    )
    return file(
        "",
        '<signal id="sg" name="berhenti"/>' + line("", outer, more=more) + drawn,
        flowable="http://flowable.org/bpmn",
    )


def _instructions_and_comments() -> str:
    """Instructions to other programs and comments wherever XML lets them stand, amid text as well."""
    task = '<!-- satu --><?alat cetak="ya -- tidak"?><task id="t" name="A"><documentation>Pertama<!-- catatan --> kedua</documentation><extensionElements><!-- sendiri --></extensionElements><?akhir?></task>'
    head = UTF8 + '<?xml-model href="bpmn.rng" type="application/xml"?>\n<!-- sebelum -->\n'
    return file("", line("", task) + LINE, "", head) + "\n<?sesudah segalanya?><!-- sesudah -->\n"


def _odd_values() -> str:
    """Values at the edge of what XML lets a tool write: white space, letters beyond the first plane, empty attributes."""
    task = '<userTask id="t" name="  Dua&#10;baris&#9;dan  spasi " x:kosong="" x:emoji="📄" x:kutip="&apos;&quot;"><documentation>  </documentation><documentation id="d2">&#x1F4C4; \u200b</documentation><extensionElements><x:teks xml:space="preserve">  dua spasi  </x:teks><x:teks xml:lang="id"/></extensionElements></userTask>'
    return file("", line("", task) + LINE, ' x:atas="1"', x="urn:contoh:x")


TOOLS: dict[str, bytes] = {
    "bonita": _bonita().encode(),
    "visual-paradigm-upright": _visual_paradigm().encode(),
    "enterprise-architect": _enterprise_architect().encode(),
    "igrafx": _igrafx().encode(),
    "cawemo-templates": _cawemo().encode(),
    "modelio": ("\ufeff" + _modelio()).encode("utf-16-le"),
    "eclipse-modeler": _eclipse().encode(),
    "oracle-without-picture": _oracle().encode(),
    "integration-flow": _integration_flow().encode(),
    "processmaker": _processmaker().encode(),
    "tibco-cdata": _tibco().encode(),
    "nested-sub-processes": _sub_processes().encode(),
    "instructions-and-comments": _instructions_and_comments().encode(),
    "odd-values": _odd_values().encode(),
}
